import type { Clock } from '@/lib/ports/clock';
import { paced } from '@/lib/poll';
import { causesOf, unavailable } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { SessionStore } from './session-store';

/** A session is not as it was: its version is another, or it was deleted. */
export interface SessionChange {
  readonly sessionId: string;
  readonly version: number;
  readonly deleted: boolean;
}

export interface OwnedChange extends SessionChange {
  readonly owner: string;
}

/** Who looks on. `end` is called when the process will tell no more. */
export interface Onlooker {
  readonly tell: (changes: readonly SessionChange[]) => void;
  readonly end: () => void;
}

export interface Changes {
  /**
   * Tells what changes in an owner's sessions from now on, on whatever instance; the answer leaves. Throws
   * `unavailable` when the process ends or the store is away.
   */
  look(owner: string, onlooker: Onlooker): Promise<() => void>;
  /** Ends all, and refuses new ones. */
  close(): void;
}

interface Deps {
  readonly store: Pick<SessionStore, 'changedSince'>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
}

const LOOK_EVERY_MS = 1000;
const AFTER_FAILURE_MS = 5000;
/**
 * A change may be committed this long after the time it carries: clocks of instances differ, and a reply waits for a
 * store that is busy. What is read twice because of that is known by its version.
 */
const OVERLAP_MS = 120_000;

/**
 * Looks at the store once a second for all owners who have an onlooker at once, and not at all for the others. Onlookers
 * of one owner share one watch.
 */
export function watchChanges(deps: Deps): Changes {
  const { clock, log } = deps;
  const watches = new Map<string, Watch>();
  let closed = false;
  let pause = LOOK_EVERY_MS;

  const lookAgain = async () => {
    pause = LOOK_EVERY_MS;
    const ready = new Map([...watches].filter(([, { isReady }]) => isReady));
    try {
      if (ready.size > 0) await look(deps, ready);
    } catch (cause) {
      pause = AFTER_FAILURE_MS;
      log.warn({ event: 'changes.look_failed', cause: causesOf(cause) });
    }
  };
  const arrange = paced(clock, () => (watches.size > 0 ? pause : null), lookAgain);

  const begin = (owner: string): Watch => {
    const watch = newWatch(clock.now());
    watches.set(owner, watch);
    watch.ready = look(deps, new Map([[owner, watch]])).then(
      () => {
        arrange();
      },
      (cause: unknown) => {
        if (watches.get(owner) === watch) watches.delete(owner);
        throw cause;
      },
    );
    return watch;
  };

  return {
    async look(owner, onlooker) {
      if (closed) throw unavailable('ending');
      const watch = watches.get(owner) ?? begin(owner);
      watch.onlookers.add(onlooker);
      await watch.ready;
      if (closed) throw unavailable('ending');
      return () => {
        watch.onlookers.delete(onlooker);
        // Whoever comes next begins a new one: what happened in between is not news to them.
        if (watch.onlookers.size === 0 && watches.get(owner) === watch) watches.delete(owner);
      };
    },
    close() {
      closed = true;
      for (const { onlookers } of watches.values()) {
        for (const { end } of onlookers) end();
        onlookers.clear();
      }
      watches.clear();
    },
  };
}

interface Watch {
  readonly onlookers: Set<Onlooker>;
  /** The versions that the last look saw. What it did not see any more comes back only with another one. */
  known: ReadonlyMap<string, number>;
  lookedAt: number;
  /** The first look, which tells nothing: it finds out what is known already. */
  ready: Promise<void>;
  isReady: boolean;
}

const newWatch = (now: Date): Watch => ({
  onlookers: new Set(),
  known: new Map(),
  lookedAt: now.getTime(),
  ready: Promise.resolve(),
  isReady: false,
});

/** Tells what has another version than it was seen with. */
async function look({ store, clock }: Deps, watches: ReadonlyMap<string, Watch>): Promise<void> {
  const now = clock.now().getTime();
  const oldest = Math.min(now, ...[...watches.values()].map(({ lookedAt }) => lookedAt));
  const since = new Date(oldest - OVERLAP_MS);
  const seen = Map.groupBy(
    await store.changedSince([...watches.keys()], since),
    ({ owner }) => owner,
  );
  for (const [owner, watch] of watches) {
    const changes = seen.get(owner) ?? [];
    const news = changes.filter(({ sessionId, version }) => watch.known.get(sessionId) !== version);
    watch.known = new Map(changes.map(({ sessionId, version }) => [sessionId, version]));
    watch.lookedAt = now;
    if (news.length > 0 && watch.isReady) for (const { tell } of watch.onlookers) tell(news);
    watch.isReady = true;
  }
}
