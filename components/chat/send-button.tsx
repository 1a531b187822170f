import { IconButton } from '@/components/ui/icon-button';
import type { LocalTurn } from '@/lib/client/turn-book';

interface Props {
  /** The turn that runs. */
  readonly current: LocalTurn | null;
  readonly canSend: boolean;
  readonly onStop: (turnId: string) => void;
}

/** Sends, or stops while a turn runs. */
export function SendButton({ current, canSend, onStop }: Props) {
  if (!current) {
    return (
      <IconButton
        type="submit"
        icon="send"
        label="Send"
        className="send-button"
        disabled={!canSend}
      />
    );
  }
  return (
    <IconButton
      icon="stop"
      label={current.stopping ? 'Stopping…' : 'Stop'}
      className="send-button"
      disabled={current.stopping}
      onClick={({ detail }) => {
        // The second half of a double click on Send lands here, on the same button.
        if (detail <= 1) onStop(current.id);
      }}
    />
  );
}
