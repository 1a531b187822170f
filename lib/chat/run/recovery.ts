import { causesOf, failureOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { Clock } from '@/lib/ports/clock';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import { lengthOfAll } from '@/lib/reply/entry';

/**
 * After this many polls in a row with the same sign of life, a process is considered dead. Polls are counted instead of
 * time: clocks of instances differ, and after a suspend every heartbeat looks old.
 */
const SILENT_POLLS = 4;

interface Deps {
  readonly store: Pick<TurnStore, 'instances' | 'runningOn' | 'canWrite' | 'entriesFrom' | 'end'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** The name of this process. */
  readonly instance: string;
  /** True for turns that this process runs. They are alive even after the machine was suspended. */
  readonly runsHere: (requestId: string) => boolean;
  /** True when the process of this instance is certainly gone. */
  readonly isDead: (instance: string) => boolean;
}

/** Turns that end together when their sign of life stays the same. */
interface Suspect {
  readonly name: string;
  readonly lifeSign: string;
  readonly isDead: boolean;
  /** None when the sign of life has changed since. */
  readonly turns: () => Promise<readonly string[]>;
}

/**
 * Each call ends, as interrupted, the turns that dead processes left running, and keeps their stored text. A call that
 * throws resets the counts: while the store was unavailable no process could renew its heartbeat, so each gets time to
 * do so.
 */
export function turnRecovery(deps: Deps): () => Promise<void> {
  const { store, clock } = deps;
  let seen = new Map<string, { lifeSign: string; polls: number }>();
  return async () => {
    const before = seen;
    seen = new Map();
    const now = clock.now();
    const found = (await suspects(deps)).map((suspect) => {
      const last = before.get(suspect.name);
      const isStill = last?.lifeSign === suspect.lifeSign;
      return { ...suspect, polls: isStill ? last.polls + 1 : 1 };
    });
    // A store may be readable but locked for writes, and then no process can renew a heartbeat. Throws in that case.
    if (found.some(({ polls }) => polls > 1)) await store.canWrite();
    for (const { isDead, polls, turns } of found)
      if (isDead || polls >= SILENT_POLLS)
        for (const requestId of await turns()) await tryToInterrupt(deps, requestId, now);
    seen = new Map(found.map((suspect) => [suspect.name, suspect]));
  };
}

/** Other processes, and each turn that this one began and does not run, as after a failure to store its end. */
async function suspects({ store, instance, runsHere, isDead }: Deps): Promise<Suspect[]> {
  const signOf = async (name: string) =>
    (await store.instances()).find((other) => other.instance === name)?.lifeSign;
  const others = (await store.instances())
    .filter((other) => other.instance !== instance)
    .map(({ instance: name, lifeSign }) => ({
      name,
      lifeSign,
      isDead: isDead(name),
      turns: async () => {
        // The turns before the sign, which each new turn changes: the process may have woken up meanwhile.
        const requestIds = await store.runningOn(name);
        return (await signOf(name)) === lifeSign ? requestIds : [];
      },
    }));
  const lost = (await store.runningOn(instance))
    .filter((requestId) => !runsHere(requestId))
    .map((requestId) => ({
      name: requestId,
      lifeSign: '',
      isDead: false,
      turns: () => Promise.resolve([requestId]),
    }));
  return [...others, ...lost];
}

/** A turn that cannot be ended must not block the others. The next poll retries it. */
async function tryToInterrupt(deps: Deps, requestId: string, now: Date): Promise<void> {
  try {
    await interrupt(deps, requestId, now);
  } catch (cause) {
    if (failureOf(cause).kind === 'unavailable') throw cause;
    deps.log.error({
      event: 'turn.recover_failed',
      request_id: requestId,
      cause: causesOf(cause),
    });
  }
}

async function interrupt({ store, log }: Deps, requestId: string, now: Date): Promise<void> {
  const entries = await store.entriesFrom(requestId, 0);
  const length = lengthOfAll(entries);
  await store.end({
    requestId,
    state: 'interrupted',
    entries,
    // A watcher may have seen more than was stored. That is lost; a continuation does not extend it.
    failure: { kind: 'interrupted', kept: length },
    usage: null,
    omitted: null,
    tokens: null,
    thoughtMs: null,
    firstTokenMs: null,
    now,
  });
  log.warn({ event: 'turn.recovered', request_id: requestId, chars: length });
}
