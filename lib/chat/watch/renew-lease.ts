import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import { poll } from '@/lib/poll';
import type { Turn } from '@/lib/chat/turn/turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

/** Short enough for several renewals within the grace period of a turn without watchers. */
const EVERY_MS = 3000;
const FOR_MS = 15_000;

interface Deps {
  readonly store: Pick<TurnStore, 'renewLease'>;
  readonly clock: Pick<Clock, 'after' | 'now'>;
  readonly log: Log;
}

/**
 * A turn without a session is stopped when it has no watchers, and its process cannot see those of other instances.
 * While the turn is wanted here, renew a lease in the store. Call the returned function when `isWanted` may have
 * changed.
 */
export function renewLease(
  { store, clock, log }: Deps,
  { requestId, sessionId }: Turn,
  isWanted: () => boolean,
): () => void {
  let due = 0;
  return poll(
    clock,
    () => (sessionId === null && isWanted() ? due : null),
    async () => {
      due = EVERY_MS;
      try {
        await store.renewLease(requestId, new Date(clock.now().getTime() + FOR_MS));
      } catch (cause) {
        // A later renewal can still arrive in time.
        log.warn({
          event: 'lease.renew_failed',
          request_id: requestId,
          cause: causesOf(cause),
        });
      }
    },
  );
}
