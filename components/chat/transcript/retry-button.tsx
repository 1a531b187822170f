import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { waitWords } from '@/lib/client/net/rate';
import { useNow } from '@/lib/client/browser/use-now';
import { texts } from '@/lib/texts/texts';

interface Props {
  /** Before it trying again is pointless; null: at once. */
  readonly retryAt: number | null;
  readonly onRetry: () => void;
}

/** Says how long there is to wait, and can be pressed after that. */
export function RetryButton({ retryAt, onRetry }: Props) {
  const now = useNow(retryAt);
  const wait = retryAt !== null && now !== null ? retryAt - now : 0;
  return (
    <Button held={wait > 0} onClick={onRetry}>
      <Icon name="retry" />
      {wait > 0 ? texts.waits.tryAgainIn(waitWords(wait)) : texts.transcript.retry}
    </Button>
  );
}
