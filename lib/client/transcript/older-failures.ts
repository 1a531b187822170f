import { isUnanswered } from '@/lib/client/net/problem';
import type { TranscriptItem } from './transcript-items';

export type FailedItem = Extract<TranscriptItem, { kind: 'failed' }>;

/** A transcript item, with all failures but the last grouped into one. */
export type ShownItem = TranscriptItem | OlderFailures;

export interface OlderFailures {
  readonly kind: 'older-failures';
  readonly key: 'older failures';
  readonly items: readonly FailedItem[];
}

/** The group stands at the place of the first failure. */
export function withOlderFailures(items: readonly TranscriptItem[]): readonly ShownItem[] {
  const failed = items.filter((item) => item.kind === 'failed');
  const older = failed.slice(0, -1);
  const [first] = older;
  if (!first) return items;
  return items.flatMap((item): ShownItem[] => {
    if (item === first) return [{ kind: 'older-failures', key: 'older failures', items: older }];
    return item.kind === 'failed' && older.includes(item) ? [] : [item];
  });
}

/**
 * Failures before a later message from this tab that got its reply. Unanswered ones stay, because they may have
 * arrived.
 */
export function leftBehind(items: readonly TranscriptItem[]): readonly FailedItem[] {
  const answered = items.findLastIndex(
    (item) => item.kind === 'reply' && item.state === 'complete' && Boolean(item.turn?.userText),
  );
  return items
    .slice(0, Math.max(0, answered))
    .filter((item) => item.kind === 'failed')
    .filter(({ problem }) => !isUnanswered(problem));
}
