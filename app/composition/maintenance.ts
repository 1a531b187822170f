// Periodic maintenance in the background: recovery of turns, the search index, cleanup of old rows.
import 'server-only';
import type { Store } from '@/db/store';
import { turnRecovery } from '@/lib/chat/run/recovery';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Turns } from '@/lib/chat/turns';
import type { Env } from '@/lib/env';
import { causesOf, failureOf } from '@/lib/errors';
import { instanceIsDead, instanceName } from '@/lib/instance';
import { log } from '@/lib/log';
import { poll } from '@/lib/poll';
import type { LogEvent } from '@/lib/ports/log';
import { RESTORE_DAYS, USAGE_DAYS } from '@/lib/retention';
import { daysBefore } from '@/lib/usage/days';
import { systemClock as clock } from '@/lib/system-clock';
import { backgroundClock } from './background-clock';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const RECOVER_EVERY_MS = 5000;
const INDEX_EVERY_MS = 2000;
const EVENTS_KEPT_MS = 10 * MINUTE_MS;
export const TRASH_KEPT_MS = RESTORE_DAYS * DAY_MS;
const EMPTY_KEPT_MS = DAY_MS;

/** Ends the turns of dead processes, at once and then periodically, and prunes. Returns a stop function. */
export async function startMaintenance(
  configuration: Env,
  store: Store,
  turnStore: TurnStore,
  { runsHere }: Turns,
): Promise<() => void> {
  const recover = turnRecovery({
    store: turnStore,
    instance: instanceName(),
    runsHere,
    // Serverless functions run on clones of one machine, with the same process ids.
    isDead: configuration.VERCEL ? () => false : instanceIsDead,
    clock,
    log: log(),
  });
  await recover();
  const stopRecovering = repeat('turn.recover_failed', () => RECOVER_EVERY_MS, recover);
  const stopIndexing = startIndexing(store);
  const stopPruning = repeat(
    'store.prune_failed',
    () => MINUTE_MS,
    () => prune(store, configuration.VISITOR_KEPT_DAYS),
  );
  return () => {
    stopRecovering();
    stopIndexing();
    stopPruning();
  };
}

/** What turns and imports wrote, and texts from before the index. Half of the time is for requests. */
function startIndexing(store: Store): () => void {
  let pause = INDEX_EVERY_MS;
  return repeat(
    'search.index_failed',
    () => pause,
    async () => {
      pause = INDEX_EVERY_MS;
      const startedAt = performance.now();
      if (await store.search.indexSome()) pause = performance.now() - startedAt;
    },
  );
}

/** A step that fails keeps no other from running, unless the store is away. */
async function prune(store: Store, visitorKeptDays: number): Promise<void> {
  const ago = (ms: number) => new Date(Date.now() - ms);
  const unseenSince = ago(visitorKeptDays * DAY_MS);
  const steps: (() => Promise<unknown>)[] = [
    () => store.turns.prune({ endedBefore: ago(EVENTS_KEPT_MS), keysBefore: ago(DAY_MS) }),
    () => store.sessions.purge(ago(TRASH_KEPT_MS)),
    () => store.usage.prune(daysBefore(new Date(), USAGE_DAYS)),
    () => store.rates?.prune() ?? Promise.resolve(),
    () => store.accounts.prune(new Date()),
    () => store.ways.prune(new Date()),
    () => store.owners.prune({ now: new Date(), unseenSince, emptySince: ago(EMPTY_KEPT_MS) }),
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (cause) {
      if (failureOf(cause).kind === 'unavailable') throw cause;
      log().warn({ event: 'store.prune_failed', cause: causesOf(cause) });
    }
  }
}

/** Runs `job` again and again, `pause()` milliseconds apart. Returns a stop function. */
function repeat(failedEvent: LogEvent, pause: () => number, job: () => Promise<void>): () => void {
  let stopped = false;
  const wait = () => (stopped ? null : pause());
  const arrange = poll(backgroundClock, wait, () =>
    job().catch((cause: unknown) => {
      log().warn({ event: failedEvent, cause: causesOf(cause) });
    }),
  );
  arrange();
  return () => {
    stopped = true;
    arrange();
  };
}
