import { IconButton } from '@/components/ui/icon-button';
import { focusAfterPress } from '@/lib/client/browser/restore-focus';
import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly current: LocalTurn | null;
  readonly canSend: boolean;
  readonly onStop: (turnId: string) => void;
}

/** One button for Send and Stop, so that it keeps the focus. */
export function SendButton({ current, canSend, onStop }: Props) {
  const texts = useTexts();
  if (!current) {
    return (
      <IconButton
        type="submit"
        icon="send"
        label={texts.composer.send}
        className="send-button"
        softDisabled={!canSend}
      />
    );
  }
  return (
    <IconButton
      icon="stop"
      label={current.stopping ? texts.composer.stopping : texts.composer.stop}
      className="send-button"
      softDisabled={current.stopping}
      onClick={({ detail }) => {
        // The second click of a double click on Send.
        if (detail > 1) return;
        onStop(current.id);
        // After stopping a reply the user usually types.
        focusAfterPress(detail);
      }}
    />
  );
}
