import type { Clock } from '@/lib/ports/clock';
import { poll } from '@/lib/poll';
import { causesOf, unavailable } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { SessionStore } from './session-store';

/** A session has a new version or was deleted. */
export interface SessionChange {
  readonly sessionId: string;
  readonly version: number;
  readonly deleted: boolean;
}

export interface OwnedChange extends SessionChange {
  readonly owner: string;
}

/** What changed: sessions, and whether the owner's own text changed. */
export interface ChangeSet {
  readonly sessions: readonly SessionChange[];
  readonly about: boolean;
}

/** A subscriber. `end` is called when no more changes will be sent. */
export interface Subscriber {
  readonly notify: (changes: ChangeSet) => void;
  readonly end: () => void;
}

export interface Changes {
  /**
   * Subscribes to changes of an owner's sessions and own text, on any instance, from now on. Returns an unsubscribe
   * function. Throws `unavailable` while draining or when the store is unavailable.
   */
  subscribe(owner: string, subscriber: Subscriber): Promise<() => void>;
  /** How many subscriptions there are. */
  count(): number;
  /** Ends all subscriptions and refuses new ones. */
  close(): void;
}

interface Deps {
  readonly store: Pick<SessionStore, 'changedSince'>;
  /** The owners' own texts. */
  readonly about: {
    writtenAt(owners: readonly string[]): Promise<ReadonlyMap<string, Date>>;
  };
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
}

const POLL_EVERY_MS = 1000;
const AFTER_FAILURE_MS = 5000;
/**
 * In milliseconds. A change may be committed this long after its timestamp: clocks of instances differ, and a reply
 * waits for a busy store. Rows read twice are recognised by their version.
 */
const OVERLAP_MS = 120_000;

/**
 * Polls the store once a second for all owners with subscribers, in two queries. Subscribers of one owner share a watch.
 */
export function watchChanges(deps: Deps): Changes {
  const { clock, log } = deps;
  const watches = new Map<string, Watch>();
  let closed = false;
  let pause = POLL_EVERY_MS;

  const pollAgain = async () => {
    pause = POLL_EVERY_MS;
    const ready = new Map([...watches].filter(([, { isReady }]) => isReady));
    try {
      if (ready.size > 0) await readChanges(deps, ready);
    } catch (cause) {
      pause = AFTER_FAILURE_MS;
      log.warn({ event: 'changes.poll_failed', cause: causesOf(cause) });
    }
  };
  const arrange = poll(clock, () => (watches.size > 0 ? pause : null), pollAgain);

  const begin = (owner: string): Watch => {
    const watch = newWatch(clock.now());
    watches.set(owner, watch);
    watch.ready = readChanges(deps, new Map([[owner, watch]])).then(
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
    async subscribe(owner, subscriber) {
      if (closed) throw unavailable('ending');
      const watch = watches.get(owner) ?? begin(owner);
      watch.subscribers.add(subscriber);
      await watch.ready;
      if (closed) throw unavailable('ending');
      return () => {
        watch.subscribers.delete(subscriber);
        // A later subscriber starts a new watch and is not notified of changes in between.
        if (watch.subscribers.size === 0 && watches.get(owner) === watch) watches.delete(owner);
      };
    },
    count: () => [...watches.values()].reduce((sum, { subscribers }) => sum + subscribers.size, 0),
    close() {
      closed = true;
      for (const { subscribers } of watches.values()) {
        for (const { end } of subscribers) end();
        subscribers.clear();
      }
      watches.clear();
    },
  };
}

interface Watch {
  readonly subscribers: Set<Subscriber>;
  /** The versions of the last poll. A session that left the window comes back only with a new version. */
  known: ReadonlyMap<string, number>;
  /** When the owner's own text was last written; null: never, or it was deleted. */
  aboutAt: number | null;
  polledAt: number;
  /** The initial poll, which records versions without notifying. */
  ready: Promise<void>;
  isReady: boolean;
}

const newWatch = (now: Date): Watch => ({
  subscribers: new Set(),
  known: new Map(),
  aboutAt: null,
  polledAt: now.getTime(),
  ready: Promise.resolve(),
  isReady: false,
});

/** Notifies subscribers of sessions whose version changed, and of a new text. */
async function readChanges(
  { store, about, clock }: Deps,
  watches: ReadonlyMap<string, Watch>,
): Promise<void> {
  const now = clock.now().getTime();
  const oldest = Math.min(now, ...[...watches.values()].map(({ polledAt }) => polledAt));
  const since = new Date(oldest - OVERLAP_MS);
  const owners = [...watches.keys()];
  const [changed, written] = await Promise.all([
    store.changedSince(owners, since),
    about.writtenAt(owners),
  ]);
  const byOwner = Map.groupBy(changed, ({ owner }) => owner);
  for (const [owner, watch] of watches) {
    const changes = byOwner.get(owner) ?? [];
    const aboutAt = written.get(owner)?.getTime() ?? null;
    const sessions = changes.filter(
      ({ sessionId, version }) => watch.known.get(sessionId) !== version,
    );
    const changeSet = { sessions, about: aboutAt !== watch.aboutAt };
    watch.aboutAt = aboutAt;
    watch.known = new Map(changes.map(({ sessionId, version }) => [sessionId, version]));
    watch.polledAt = now;
    if (watch.isReady && (sessions.length > 0 || changeSet.about))
      for (const { notify } of watch.subscribers) notify(changeSet);
    watch.isReady = true;
  }
}
