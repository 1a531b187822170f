import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';

interface Props {
  readonly busy: boolean;
  readonly onForget: () => Promise<void>;
}

/** Forgetting can be taken back by the history. This takes the history too, so it asks first. */
export function ForgetHistory({ busy, onForget }: Props) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button
        className="quiet-button danger"
        held={busy}
        onClick={() => {
          setAsking(true);
        }}
      >
        <Icon name="trash" />
        Forget it and its history…
      </Button>
    );
  }
  return (
    <div className="memory-forget" role="alert" aria-label="Forget it and its history">
      <p>
        The memory and everything that it was are deleted for good. Nothing of it can be restored
        then. The messages stay.
      </p>
      <div className="memory-buttons">
        <Button
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was just pressed
          autoFocus
          onClick={() => {
            setAsking(false);
          }}
        >
          Keep it
        </Button>
        <Button className="button danger" held={busy} onClick={() => void onForget()}>
          <Icon name="trash" />
          Forget all of it
        </Button>
      </div>
    </div>
  );
}
