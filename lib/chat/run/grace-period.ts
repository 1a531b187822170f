import type { Clock } from '@/lib/ports/clock';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';

/** How long a client that lost its connection has to retry with the same idempotency key. */
const GRACE_MS = 15_000;

/** Stops a turn that has no watchers, after a grace period for the client to reconnect. */
export interface GracePeriod {
  /** Starts the grace period again. Call it each time the last watcher leaves. */
  restart(turn: LiveTurn): void;
  end(): void;
}

/**
 * Without a session, only the idempotency key leads back to a reply. If no client returns, stop paying for the rest.
 */
export function gracePeriod(
  clock: Pick<Clock, 'after'>,
  { sessionId, idempotency }: { sessionId: string | null; idempotency: object | null },
): GracePeriod {
  let cancel: (() => void) | null = null;
  return {
    restart(turn) {
      if (sessionId !== null) return;
      if (!idempotency) {
        turn.abort('stopped');
        return;
      }
      cancel?.();
      cancel = clock.after(GRACE_MS, () => {
        if (!turn.watched()) turn.abort('stopped');
      });
    },
    end() {
      cancel?.();
    },
  };
}
