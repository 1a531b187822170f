import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly busy: boolean;
  readonly onForget: () => Promise<boolean>;
}

/** Forgetting the memory can be undone from its history. This deletes the history too, so it asks first. */
export function ForgetHistory({ busy, onForget }: Props) {
  const laterTexts = useLaterTexts();
  const [confirming, setConfirming] = useState(false);
  if (!confirming) {
    return (
      <Button
        className="quiet-button danger"
        softDisabled={busy}
        onClick={() => {
          setConfirming(true);
        }}
      >
        <Icon name="trash" />
        {laterTexts.memory.forgetHistory.open}
      </Button>
    );
  }
  return (
    <div className="memory-forget" role="alert" aria-label={laterTexts.memory.forgetHistory.title}>
      <p>{laterTexts.memory.forgetHistory.what}</p>
      <div className="memory-buttons">
        <Button
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was just pressed
          autoFocus
          onClick={() => {
            setConfirming(false);
          }}
        >
          {laterTexts.memory.forgetHistory.keep}
        </Button>
        <Button className="button danger" softDisabled={busy} onClick={() => void onForget()}>
          <Icon name="trash" />
          {laterTexts.memory.forgetHistory.run}
        </Button>
      </div>
    </div>
  );
}
