import './rename.css';
import type { RenameConflict } from '@/lib/client/use-session-list';

interface Props {
  readonly conflict: RenameConflict;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

/** Somebody named the session otherwise while it was being renamed here. */
export function RenameChoice({ conflict, onMine, onTheirs }: Props) {
  return (
    <div className="rename-choice" role="alert" aria-label="Renamed elsewhere">
      <p>This session was renamed elsewhere in the meantime.</p>
      <dl>
        <dt>Theirs</dt>
        <dd>{conflict.theirs}</dd>
        <dt>Yours</dt>
        <dd>{conflict.mine}</dd>
      </dl>
      <div className="rename-choice-buttons">
        <button type="button" className="button" onClick={onMine}>
          Keep mine
        </button>
        <button type="button" className="button" onClick={onTheirs}>
          Use theirs
        </button>
      </div>
    </div>
  );
}
