import type { OlderFailures as Item } from '@/lib/client/transcript/older-failures';
import type { TranscriptActions } from '@/lib/client/transcript/use-transcript-actions';
import { FailedTurn } from './failed-turn';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly item: Item;
  readonly actions: TranscriptActions;
}

/** Groups the older failures in one line; the last failure is shown and has the reason. */
export function OlderFailures({ item: { key, items }, actions }: Props) {
  const texts = useTexts();
  return (
    <details className="older-failures" data-key={key}>
      <summary>{texts.transcript.olderFailures(items.length)}</summary>
      {items.map((item) => (
        <FailedTurn key={item.key} item={item} actions={actions} />
      ))}
    </details>
  );
}
