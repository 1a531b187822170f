import type { OlderFailures as Item } from '@/lib/client/transcript/older-failures';
import type { TranscriptActions } from '@/lib/client/transcript/use-transcript-actions';
import { FailedTurn } from './failed-turn';

interface Props {
  readonly item: Item;
  readonly actions: TranscriptActions;
}

/** One line for what failed before; the last failure, which is shown, says what is wrong. */
export function OlderFailures({ item: { key, items }, actions }: Props) {
  const { length } = items;
  return (
    <details className="older-failures" data-key={key}>
      <summary>
        {length === 1 ? '1 earlier message' : `${String(length)} earlier messages`} without a reply
      </summary>
      {items.map((item) => (
        <FailedTurn key={item.key} item={item} actions={actions} />
      ))}
    </details>
  );
}
