import { useEffect, useRef } from 'react';
import { Choice } from '@/components/ui/choice';
import { useSessionList, type RenameConflict } from '@/lib/client/sessions/use-session-list';
import { useTexts } from '@/lib/texts/use-texts';

/** Resolves a rename conflict, on any page: the session was renamed elsewhere meanwhile. */
export function RenameChoice() {
  const { conflict } = useSessionList();
  return conflict && <ConflictDialog key={conflict.id} conflict={conflict} />;
}

function ConflictDialog({ conflict }: { conflict: RenameConflict }) {
  const texts = useTexts();
  const { settle } = useSessionList();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Do not interrupt a user who is typing.
    if (!document.activeElement?.matches('input, textarea')) box.current?.focus();
  }, []);
  return (
    <div className="rename-choice" ref={box} tabIndex={-1}>
      <Choice
        label={texts.sessions.renamedElsewhere}
        onMine={() => {
          settle(conflict, 'mine');
        }}
        onTheirs={() => {
          settle(conflict, 'theirs');
        }}
      >
        <p>{texts.sessions.renamedMeanwhile}</p>
        <dl>
          <dt>{texts.sessions.theirs}</dt>
          <dd dir="auto">{conflict.theirs}</dd>
          <dt>{texts.sessions.yourName}</dt>
          <dd dir="auto">{conflict.mine}</dd>
        </dl>
      </Choice>
    </div>
  );
}
