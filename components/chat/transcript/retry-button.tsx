import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { waitText } from '@/lib/client/net/rate';
import { useNow } from '@/lib/client/time/use-now';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  /** A retry before this time is pointless, milliseconds since 1970; null: retry at once. */
  readonly retryAt: number | null;
  readonly onRetry: () => void;
}

/** Shows the remaining wait, then can be pressed. */
export function RetryButton({ retryAt, onRetry }: Props) {
  const texts = useTexts();
  const now = useNow(retryAt);
  const wait = retryAt !== null && now !== null ? retryAt - now : 0;
  return (
    <Button softDisabled={wait > 0} onClick={onRetry}>
      <Icon name="retry" />
      {wait > 0 ? texts.waits.tryAgainIn(waitText(texts, wait)) : texts.transcript.retry}
    </Button>
  );
}
