import { causesOf, failureOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { TurnStore } from '@/lib/chat/turn/turn-store';

/**
 * After so many looks in a row that find the same heartbeat, the process of a turn may be dead. Looks are counted, not
 * time: clocks of instances differ, and a machine that slept finds every heartbeat old.
 */
const SILENT_LOOKS = 4;

interface Deps {
  readonly store: Pick<TurnStore, 'running' | 'canWrite' | 'textFrom' | 'end'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** True for the turns that this process runs: they are alive even after the machine slept. */
  readonly runsHere: (requestId: string) => boolean;
  /** True when it is certain that the process with this name is gone. */
  readonly isDead: (instance: string) => boolean;
}

/**
 * Each call ends what dead processes left running, as interrupted, with whatever text they had stored. A call that
 * fails begins the count anew: after a time without a store all are silent, and their processes must have a chance to
 * write first.
 */
export function turnRecovery(deps: Deps): () => Promise<void> {
  const { store, clock, runsHere, isDead } = deps;
  let seen = new Map<string, { heartbeat: Date; looks: number }>();
  return async () => {
    const before = seen;
    seen = new Map();
    const now = clock.now();
    const found = (await store.running())
      .filter(({ requestId }) => !runsHere(requestId))
      .map((turn) => {
        const last = before.get(turn.requestId);
        const isStill = last?.heartbeat.getTime() === turn.heartbeat.getTime();
        return { ...turn, looks: isStill ? last.looks + 1 : 1 };
      });
    // A store that can be read may still be locked against writing, and then no process can renew a heartbeat.
    if (found.some(({ looks }) => looks > 1)) await store.canWrite();
    for (const { requestId, instance, looks } of found)
      if (isDead(instance) || looks >= SILENT_LOOKS) await tryToInterrupt(deps, requestId, now);
    seen = new Map(found.map((turn) => [turn.requestId, turn]));
  };
}

/** One turn that cannot be ended must not keep the others from it. It is tried again at the next look. */
async function tryToInterrupt(deps: Deps, requestId: string, now: Date): Promise<void> {
  try {
    await interrupt(deps, requestId, now);
  } catch (cause) {
    if (failureOf(cause).kind === 'unavailable') throw cause;
    deps.log.error({ event: 'turn.not_recovered', request_id: requestId, cause: causesOf(cause) });
  }
}

async function interrupt({ store, log }: Deps, requestId: string, now: Date): Promise<void> {
  const text = await store.textFrom(requestId, 0);
  await store.end({
    requestId,
    state: 'interrupted',
    text,
    // Whoever watched may hold more, which is lost: what another turn adds is not the rest of that.
    failure: { kind: 'interrupted', kept: text.length },
    usage: null,
    omitted: null,
    tokens: null,
    firstTokenMs: null,
    now,
  });
  log.warn({ event: 'turn.recovered', request_id: requestId, chars: text.length });
}
