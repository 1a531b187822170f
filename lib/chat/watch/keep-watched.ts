import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import { paced } from '@/lib/poll';
import type { Turn } from '@/lib/chat/turn/turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

/** Well within the time that a process waits for somebody to come back. */
const EVERY_MS = 3000;
const FOR_MS = 15_000;

interface Deps {
  readonly store: Pick<TurnStore, 'keepWatched'>;
  readonly clock: Pick<Clock, 'after' | 'now'>;
  readonly log: Log;
}

/**
 * Without a session a process stops a turn that nobody watches, and cannot see who does on another one: it is told by
 * the store, as long as the turn is wanted. Call the answer when `isWanted` may say something else.
 */
export function keepWatched(
  { store, clock, log }: Deps,
  { requestId, sessionId }: Turn,
  isWanted: () => boolean,
): () => void {
  let due = 0;
  return paced(
    clock,
    () => (sessionId === null && isWanted() ? due : null),
    async () => {
      due = EVERY_MS;
      try {
        await store.keepWatched(requestId, new Date(clock.now().getTime() + FOR_MS));
      } catch (cause) {
        // There is time for some more attempts.
        log.warn({ event: 'turn.not_kept_watched', request_id: requestId, cause: causesOf(cause) });
      }
    },
  );
}
