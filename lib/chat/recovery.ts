import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { TurnStore } from './turn-store';

/** Without a heartbeat for so long, the process of a turn may be dead. */
const HEARTBEAT_LOST_MS = 15_000;

interface Deps {
  readonly store: Pick<TurnStore, 'running' | 'beat' | 'textFrom' | 'end'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** True for the turns that this process runs: they are alive even after the machine slept. */
  readonly runsHere: (requestId: string) => boolean;
  /** True when it is certain that the process with this name is gone. */
  readonly isDead: (instance: string) => boolean;
}

/**
 * Each call ends what dead processes left running, as interrupted, with whatever text they had stored. A turn that is
 * only silent is taken for dead by the second call in a row that finds it so: after a time without a store all are
 * silent, and their processes must have had a chance to write first.
 */
export function turnRecovery(deps: Deps): () => Promise<void> {
  const { store, clock, runsHere, isDead } = deps;
  let suspected = new Set<string>();
  return async () => {
    const now = clock.now();
    const silent = new Set<string>();
    for (const { requestId, instance, heartbeat } of await store.running()) {
      if (runsHere(requestId)) continue;
      if (now.getTime() - heartbeat.getTime() > HEARTBEAT_LOST_MS) silent.add(requestId);
      if (isDead(instance) || (silent.has(requestId) && suspected.has(requestId)))
        await interrupt(deps, requestId, now);
    }
    // A store that can be read may still be locked against writing, and then no process can renew a heartbeat.
    if (silent.size > 0) await store.beat([], now);
    suspected = silent;
  };
}

async function interrupt({ store, log }: Deps, requestId: string, now: Date): Promise<void> {
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
