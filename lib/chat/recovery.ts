import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { TurnStore } from './turn-store';

/** Without a heartbeat for so long, the process of a turn is taken for dead. */
const HEARTBEAT_LOST_MS = 15_000;

interface Deps {
  readonly store: Pick<TurnStore, 'running' | 'textFrom' | 'end'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** True for the turns that this process runs: they are alive even after the machine slept. */
  readonly runsHere: (requestId: string) => boolean;
  /** True when it is certain that the process with this name is gone. */
  readonly isDead: (instance: string) => boolean;
}

/** Ends what a dead process left running, as interrupted, with whatever text it had stored. */
export async function recoverTurns({ store, clock, log, runsHere, isDead }: Deps): Promise<void> {
  const now = clock.now();
  for (const { requestId, instance, heartbeat } of await store.running()) {
    const silent = now.getTime() - heartbeat.getTime() > HEARTBEAT_LOST_MS;
    if (runsHere(requestId) || !(silent || isDead(instance))) continue;
    const text = await store.textFrom(requestId, 0);
    await store.end({
      requestId,
      state: 'interrupted',
      text,
      failure: { kind: 'interrupted' },
      usage: null,
      tokens: null,
      firstTokenMs: null,
      now,
    });
    log.warn({ event: 'turn.recovered', request_id: requestId, chars: text.length });
  }
}
