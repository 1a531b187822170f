import { IconButton } from '@/components/ui/icon-button';
import { focusAfterPress } from '@/lib/client/browser/restore-focus';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import { texts } from '@/lib/texts/texts';

interface Props {
  /** The turn that runs. */
  readonly current: LocalTurn | null;
  readonly canSend: boolean;
  readonly onStop: (turnId: string) => void;
}

/** Sends, or stops while a turn runs. It is one button, and keeps the focus whatever it is at the time. */
export function SendButton({ current, canSend, onStop }: Props) {
  if (!current) {
    return (
      <IconButton
        type="submit"
        icon="send"
        label={texts.composer.send}
        className="send-button"
        held={!canSend}
      />
    );
  }
  return (
    <IconButton
      icon="stop"
      label={current.stopping ? texts.composer.stopping : texts.composer.stop}
      className="send-button"
      held={current.stopping}
      onClick={({ detail }) => {
        // The second half of a double click on Send lands here, on the same button.
        if (detail > 1) return;
        onStop(current.id);
        // Who stops a reply wants to write.
        focusAfterPress(detail);
      }}
    />
  );
}
