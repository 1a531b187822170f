import type { Clock } from '@/lib/ports/clock';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';

/** For whoever lost the connection, to send again under the same key. */
const COME_BACK_MS = 15_000;

/** Waits for somebody to come back to a turn that nobody watches, and stops it when nobody does. */
export interface ComeBack {
  /** Starts the wait anew, each time that the last one has left. */
  wait(turn: LiveTurn): void;
  end(): void;
}

/** Without a session only the key leads back to a reply. When nobody comes, nobody should pay for the rest of it. */
export function comeBack(
  clock: Pick<Clock, 'after'>,
  { sessionId, idempotency }: { sessionId: string | null; idempotency: object | null },
): ComeBack {
  let cancel: (() => void) | null = null;
  return {
    wait(turn) {
      if (sessionId !== null) return;
      if (!idempotency) {
        turn.abort('stopped');
        return;
      }
      cancel?.();
      cancel = clock.after(COME_BACK_MS, () => {
        if (!turn.watched()) turn.abort('stopped');
      });
    },
    end() {
      cancel?.();
    },
  };
}
