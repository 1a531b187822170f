// The only file of `app/` that opens the store, the models and the channel for live text.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { openStore, type Store } from '@/db/store';
import type { Accounts } from '@/lib/accounts/accounts';
import { accountsWithArgon2 } from '@/lib/accounts/with-argon2';
import { watchPresences, type Presences } from '@/lib/accounts/presences';
import { countedModel } from '@/lib/chat/run/counted-model';
import type { LiveChannel } from '@/lib/chat/watch/live-channel';
import { memoryMerger, type FinishedExchange } from '@/lib/chat/memory/memory-merge';
import { titleMaker } from '@/lib/chat/titles/title-maker';
import { poll } from '@/lib/poll';
import { turnRecovery } from '@/lib/chat/run/recovery';
import { turnSlots } from '@/lib/chat/run/turn-slots';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import { openTurns, type Turns } from '@/lib/chat/turns';
import { env, type Env } from '@/lib/env';
import { reachesNobodyElse } from '@/lib/accounts/access';
import { isBehindServer } from '@/lib/http/network/client-address';
import { causesOf } from '@/lib/errors';
import { openStreams, type OpenStreams } from '@/lib/http/stream/open-streams';
import { shareCounts } from '@/lib/http/rate-limit/shared-counts';
import { openModels, type Models } from '@/lib/llm/open-models';
import type { LogEvent } from '@/lib/ports/log';
import type { ModelCatalogue } from '@/lib/ports/model';
import { log } from '@/lib/log';
import { redisChannel } from '@/lib/redis/live-channel';
import { refusalLog } from '@/lib/refusal-log';
import { watchChanges, type Changes } from '@/lib/sessions/changes';
import { systemClock as clock } from '@/lib/system-clock';
import { instanceIsDead, instanceName } from '@/lib/instance';
import { RESTORE_DAYS } from '@/lib/retention';

/** What pages and handlers use. */
export interface Services {
  readonly store: Store;
  readonly turns: Turns;
  readonly catalogue: ModelCatalogue;
  /** Null unless people sign in (ACCESS=accounts). */
  readonly accounts: Accounts | null;
  /** Whether the sign-ins and the stored keys of what runs here are still valid. */
  readonly presences: { readonly signIns: Presences; readonly keys: Presences };
  readonly changes: Changes;
  readonly streams: OpenStreams;
  /** How long a stream may last before its client must reconnect; null: no limit. */
  readonly streamMaxMs: number | null;
  /** Records an owner's visit in the background. */
  noteVisit(owner: string): void;
  /** Resolves when a turn that runs here has ended, and its memory is merged and its title made. */
  settled(requestId: string): Promise<void>;
  /** Ends the change feeds, refuses new turns and waits for running ones, up to SHUTDOWN_TIMEOUT_MS. */
  drain(): Promise<void>;
  /** Closes the store and the Redis channel. */
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const RECOVER_EVERY_MS = 5000;
const INDEX_EVERY_MS = 2000;
/** Vercel kills a function after its `maxDuration` of 300 seconds; turns must end before. */
const VERCEL_MAX_MS = 285_000;
/** Enough for some ten thousand words from a model on a slow CPU; a longer reply can be continued. */
const TURN_MAX_MS = 120 * MINUTE_MS;
const EVENTS_KEPT_MS = 10 * MINUTE_MS;
const TRASH_KEPT_MS = RESTORE_DAYS * DAY_MS;
const EMPTY_KEPT_MS = DAY_MS;

async function open(): Promise<Services> {
  const store = await openBounded(env());
  shareCounts(store.rates);
  const opened: Opened = { store, channel: null };
  try {
    return await openOn(opened, env());
  } catch (cause) {
    // The next request tries again, so this attempt must close what it opened.
    opened.channel?.close();
    await store.close();
    throw cause;
  }
}

/** What must be closed when opening the rest fails. */
interface Opened {
  readonly store: Store;
  channel: (LiveChannel & { close(): void }) | null;
}

async function openOn(opened: Opened, configuration: Env): Promise<Services> {
  const { store } = opened;
  const turnStore = turnSlots(store.turns, configuration.TURNS_MAX);
  const models = openModels(configuration, log());
  const afterReply = openAfterReply(configuration, store, models);
  const { REDIS_URL } = configuration;
  const channel = REDIS_URL ? await redisChannel(REDIS_URL, log()) : null;
  opened.channel = channel;
  const turns = openTurns({
    store: turnStore,
    model: models.chatModel,
    channel,
    onExchange: afterReply.run,
    contextTokens: models.catalogue.contextTokens,
    ...limitsOf(configuration),
    ...common(),
  });
  const changes = watchChanges({ store: store.sessions, about: store.about, clock, log: log() });
  const stopUpkeep = await startUpkeep(configuration, store, turnStore, turns);
  return {
    store,
    turns,
    catalogue: models.catalogue,
    accounts: accountsIn(configuration, store),
    presences: presencesIn(store),
    changes,
    streams: openStreams({
      perOwner: configuration.STREAMS_PER_OWNER,
      perAddress: configuration.STREAMS_PER_ADDRESS,
      max: configuration.STREAMS_MAX,
    }),
    streamMaxMs: configuration.VERCEL ? VERCEL_MAX_MS : null,
    noteVisit: visitNoter(store),
    async settled(requestId) {
      await turns.ended(requestId);
      await afterReply.idle();
    },
    async drain() {
      changes.close();
      await turns.drain(configuration.SHUTDOWN_TIMEOUT_MS);
    },
    async close() {
      stopUpkeep();
      await Promise.race([
        afterReply.idle(),
        new Promise((resolve) => setTimeout(resolve, AFTER_REPLY_GRACE_MS)),
      ]);
      channel?.close();
      await store.close();
    },
  };
}

const AFTER_REPLY_GRACE_MS = 3000;

const accountsIn = (configuration: Env, { accounts }: Store): Accounts | null =>
  configuration.ACCESS === 'accounts'
    ? accountsWithArgon2(accounts, {
        signUp: configuration.SIGN_UP,
        isPrivate: isBehindServer() && reachesNobodyElse(configuration),
      })
    : null;

function presencesIn({ accounts, keys }: Store): Services['presences'] {
  const common = { clock: backgroundClock, log: log() };
  return {
    signIns: watchPresences({ stillValid: accounts.signIns.stillSignedIn, ...common }),
    keys: watchPresences({ stillValid: keys.stillValid, ...common }),
  };
}

const common = () => ({ instance: instanceName(), clock, newId: randomUUID, log: log() });

const limitsOf = (configuration: Env) => ({
  turnMaxMs: configuration.VERCEL ? VERCEL_MAX_MS : TURN_MAX_MS,
  memoryEnabled: configuration.CHAT_MEMORY_ENABLED,
  contextMaxTurns: configuration.CHAT_CONTEXT_MAX_TURNS,
  contextMaxChars: configuration.CHAT_CONTEXT_MAX_CHARS,
  replyMaxChars: configuration.CHAT_REPLY_MAX_CHARS,
  replyMaxTokens: configuration.CHAT_REPLY_MAX_TOKENS ?? null,
  withReasoning: configuration.CHAT_REASONING === 'show',
});

/** Ends the turns of dead processes, at once and then periodically, and prunes. Returns a stop function. */
async function startUpkeep(
  configuration: Env,
  store: Store,
  turnStore: TurnStore,
  { runsHere }: Turns,
): Promise<() => void> {
  const recover = turnRecovery({
    store: turnStore,
    runsHere,
    // Serverless functions run on clones of one machine, with the same process ids.
    isDead: configuration.VERCEL ? () => false : instanceIsDead,
    clock,
    log: log(),
  });
  await recover();
  const stopRecovering = repeat('turn.recovery_failed', () => RECOVER_EVERY_MS, recover);
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

const visitNoter = (store: Store) => (owner: string) => {
  store.owners.visited(owner, clock.now()).catch((cause: unknown) => {
    log().warn({ event: 'store.visit_failed', cause: causesOf(cause) });
  });
};

async function openBounded(configuration: Env): Promise<Store> {
  const refused = refusalLog(log(), () => performance.now());
  try {
    return await openStore(configuration.DATABASE, { ...configuration, refused });
  } catch (cause) {
    const message = 'The database cannot be opened (DATABASE_URI or DATABASE_URL):';
    throw new Error(message, { cause });
  }
}

/** What follows a whole reply in the background, by the memory's model: the memory and the first title. */
function openAfterReply(configuration: Env, store: Store, models: Models) {
  const { CHAT_MEMORY_ENABLED, CHAT_MEMORY_MAX_CHARS: maxChars, CHAT_TITLES } = configuration;
  const model = countedModel(models.memoryModel, (tokens) => {
    store.spend(tokens, clock.now()).catch((cause: unknown) => {
      log().warn({ event: 'store.spend_failed', cause: causesOf(cause) });
    });
  });
  const { memoryModelName } = models;
  const shared = { model, clock, log: log() };
  const memory = { memoryModel: memoryModelName, store: store.memory, maxChars };
  const merger = memoryMerger({ ...shared, ...memory, newId: randomUUID });
  const titles = titleMaker({ ...shared, titleModel: memoryModelName, store: store.sessions });
  return {
    run(exchange: FinishedExchange) {
      if (CHAT_MEMORY_ENABLED) merger.merge(exchange);
      if (CHAT_TITLES && !models.demo) titles.make(exchange);
    },
    async idle() {
      await Promise.all([merger.idle(), titles.idle()]);
    },
  };
}

async function prune(store: Store, visitorKeptDays: number): Promise<void> {
  const ago = (ms: number) => new Date(Date.now() - ms);
  await store.turns.prune({ endedBefore: ago(EVENTS_KEPT_MS), keysBefore: ago(DAY_MS) });
  await store.sessions.purge(ago(TRASH_KEPT_MS));
  await store.rates?.prune();
  await store.accounts.prune(new Date());
  const unseenSince = ago(visitorKeptDays * DAY_MS);
  await store.owners.prune({ now: new Date(), unseenSince, emptySince: ago(EMPTY_KEPT_MS) });
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

/** What waits by it does not keep the process alive. */
const backgroundClock = {
  now: () => clock.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

const PLACE = Symbol.for('ask-next.services');
/** Next bundles handlers, pages and instrumentation separately; they share this through `globalThis`. */
const shared = globalThis as { [PLACE]?: Promise<Services> | undefined };

/** The services of this process, opened on first use. Rejects when opening fails; the next call tries again. */
export function services(): Promise<Services> {
  return (shared[PLACE] ??= open().catch((cause: unknown) => {
    shared[PLACE] = undefined;
    throw cause;
  }));
}

/** The longest memory that may be written, in UTF-16 units. */
export const memoryBounds = () => ({
  maxChars: env().CHAT_MEMORY_MAX_CHARS,
  available: env().CHAT_MEMORY_ENABLED,
});

/** Whether the memory of a new session is on. */
export const memoryDefault = (): boolean => env().CHAT_MEMORY_DEFAULT === 'on';

/** What was deleted before this is gone, or about to be. */
export const trashKeptSince = (): Date => new Date(clock.now().getTime() - TRASH_KEPT_MS);

/** The longest message in code points, and the longest prompt in UTF-16 units. */
export const longestTexts = () => ({
  message: env().CHAT_MESSAGE_MAX_CHARS,
  prompt: env().CHAT_CONTEXT_MAX_CHARS,
});

/** The longest message that may be sent, in code points. */
export const messageMaxChars = (): number => env().CHAT_MESSAGE_MAX_CHARS;

/** The most tokens that may be asked of a model for one reply; null: its own limit. */
export const replyMaxTokens = (): number | null => env().CHAT_REPLY_MAX_TOKENS ?? null;

/** The longest reply that may be appended, in UTF-16 units. */
export const replyMaxChars = (): number => env().CHAT_REPLY_MAX_CHARS;
