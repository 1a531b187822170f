// The only file of `app/` that opens the store, the models and the channel for live text.
import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore, type Store } from '@/db/store';
import type { Accounts } from '@/lib/accounts/accounts';
import type { Passkeys } from '@/lib/accounts/passkeys/passkeys';
import type { ProviderSignIn } from '@/lib/accounts/provider/provider-sign-in';
import type { RevocationWatch } from '@/lib/accounts/watch-revocations';
import type { LiveChannel } from '@/lib/chat/watch/live-channel';
import { turnSlots } from '@/lib/chat/run/turn-slots';
import { openTurns, type Turns } from '@/lib/chat/turns';
import type { StoredSettings } from '@/lib/env/changeable';
import { env, environmentSettings, settingMistakes, type Env } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import { openStreams, type OpenStreams } from '@/lib/http/stream/open-streams';
import { shareCounts } from '@/lib/http/rate-limit/shared-counts';
import { connectionChecker, type Connection } from '@/lib/llm/check-connection';
import { openModels, type Models } from '@/lib/llm/open-models';
import type { ModelNames } from '@/lib/page/model-name';
import type { ModelCatalogue } from '@/lib/ports/model';
import { log } from '@/lib/log';
import type { Metrics } from '@/lib/metrics/metrics';
import { redisChannel } from '@/lib/redis/live-channel';
import { refusalLog } from '@/lib/refusal-log';
import { DEFAULT_SYSTEM_PROMPT } from '@/lib/sessions/session';
import { watchChanges, type Changes } from '@/lib/sessions/changes';
import type { NewValues, SettingsStore, SettingsWatch } from '@/lib/settings/settings';
import { systemClock as clock } from '@/lib/system-clock';
import { instanceName } from '@/lib/instance';
import { openAccountServices, openWatches } from './composition/accounts';
import { openAfterReply } from './composition/after-reply';
import { examineServer } from './composition/doctor';
import { openMonitoring, type Monitoring } from './composition/monitoring';
import { boundsNow, checkSettings, openSettings } from './composition/settings';
import { startMaintenance, TRASH_KEPT_MS } from './composition/maintenance';

/** What pages and handlers use. */
export interface Services {
  readonly store: Store;
  readonly settings: Pick<SettingsWatch, 'refresh'>;
  readonly turns: Turns;
  readonly catalogue: ModelCatalogue;
  checkConnection(): Promise<Connection>;
  /** Null unless people sign in (ACCESS=accounts). */
  readonly accounts: Accounts | null;
  /** Null unless people sign in, and the operator has a provider of OpenID Connect. */
  readonly provider: ProviderSignIn | null;
  /** Null unless people sign in. */
  readonly passkeys: Passkeys | null;
  /** Whether the sign-ins and the stored keys of what runs here are still valid. */
  readonly watches: { readonly signIns: RevocationWatch; readonly keys: RevocationWatch };
  readonly changes: Changes;
  readonly streams: OpenStreams;
  /** Null unless the operator set METRICS_TOKEN. */
  readonly metrics: Metrics | null;
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
/** Vercel kills a function after its `maxDuration` of 300 seconds; turns must end before. */
const VERCEL_MAX_MS = 285_000;
/** Enough for some ten thousand words from a model on a slow CPU; a longer reply can be continued. */
const TURN_MAX_MS = 120 * MINUTE_MS;

async function open(): Promise<Services> {
  const store = await openBounded(env());
  shareCounts(store.rates);
  const opened: Opened = { store };
  try {
    return await openOn(opened, env());
  } catch (cause) {
    // The next request tries again, so this attempt must close what it opened.
    await closeAll(opened);
    throw cause;
  }
}

/** What must be closed, also when opening the rest fails. */
interface Opened {
  readonly store: Store;
  channel?: (LiveChannel & { close(): void }) | null;
  settings?: SettingsWatch;
  monitoring?: Monitoring;
  stopMaintenance?: () => void;
}

async function closeAll(opened: Opened): Promise<void> {
  opened.stopMaintenance?.();
  opened.settings?.close();
  opened.channel?.close();
  await opened.store.close();
  // Last: the log tells of the others.
  await opened.monitoring?.close();
}

async function openOn(opened: Opened, configuration: Env): Promise<Services> {
  const { store } = opened;
  const settings = await openSettings(store);
  opened.settings = settings;
  const turnStore = turnSlots(store.turns, configuration.TURNS_MAX);
  const models = openModels(configuration, log(), env);
  const afterReply = openAfterReply(configuration, store, models, env);
  const { REDIS_URL } = configuration;
  const channel = REDIS_URL ? await redisChannel(REDIS_URL, log()) : null;
  opened.channel = channel;
  const turns = openTurns({
    store: turnStore,
    model: models.chatModel,
    channel,
    onExchange: afterReply.run,
    contextTokens: models.catalogue.contextTokens,
    priceOf: models.catalogue.priceOf,
    pricesPending: models.catalogue.pricesPending,
    ...limitsOf(configuration),
    ...common(),
  });
  const changes = watchChanges({ store: store.sessions, about: store.about, clock, log: log() });
  const streams = openStreams(streamLimitsOf(configuration));
  const monitoring = await openMonitoring(configuration, () => ({
    turns: turns.running(),
    streams: streams.count(),
    feeds: changes.count(),
    connections: store.connections(),
  }));
  opened.monitoring = monitoring;
  opened.stopMaintenance = await startMaintenance(configuration, store, turnStore, turns);
  return {
    store,
    settings,
    turns,
    catalogue: models.catalogue,
    checkConnection: connectionCheck(configuration, models),
    ...openAccountServices(configuration, store),
    watches: openWatches(store),
    changes,
    streams,
    metrics: monitoring.metrics,
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
      await Promise.race([afterReply.idle(), sleep(AFTER_REPLY_GRACE_MS)]);
      await closeAll(opened);
    },
  };
}

const AFTER_REPLY_GRACE_MS = 3000;

const common = () => ({ instance: instanceName(), clock, newId: randomUUID, log: log() });

const limitsOf = (configuration: Env) => ({
  turnMaxMs: configuration.VERCEL ? VERCEL_MAX_MS : TURN_MAX_MS,
  memoryEnabled: configuration.CHAT_MEMORY_ENABLED,
  contextMaxTurns: configuration.CHAT_CONTEXT_MAX_TURNS,
  contextMaxChars: configuration.CHAT_CONTEXT_MAX_CHARS,
  replyMaxChars: configuration.CHAT_REPLY_MAX_CHARS,
  replyMaxTokens,
  systemPrompt: () => env().CHAT_SYSTEM_PROMPT ?? null,
  withReasoning: configuration.CHAT_REASONING === 'show',
});

const connectionCheck = (configuration: Env, { memoryModel, catalogue }: Models) =>
  connectionChecker({
    model: memoryModel,
    catalogue,
    timeoutMs: configuration.UPSTREAM_TIMEOUT_MS,
    ticks: () => performance.now(),
    log: log(),
  });

const streamLimitsOf = (configuration: Env) => ({
  perOwner: configuration.STREAMS_PER_OWNER,
  perAddress: configuration.STREAMS_PER_ADDRESS,
  max: configuration.STREAMS_MAX,
});

const visitNoter = (store: Store) => (owner: string) => {
  store.owners.visited(owner, clock.now()).catch((cause: unknown) => {
    log().warn({ event: 'visit.write_failed', cause: causesOf(cause) });
  });
};

async function openBounded(configuration: Env): Promise<Store> {
  const refused = refusalLog(log(), () => performance.now());
  try {
    return await openStore(configuration.DATABASE, boundsNow(refused));
  } catch (cause) {
    const message = 'The database cannot be opened (DATABASE_URI or DATABASE_URL):';
    throw new Error(message, { cause });
  }
}

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

/** How people read the names of models. */
export const modelNames = (): ModelNames => env().CHAT_MODEL_NAMES;

/** The most tokens that may be asked of a model for one reply; null: its own limit. */
export const replyMaxTokens = (): number | null => env().CHAT_REPLY_MAX_TOKENS ?? null;

/** The longest reply that may be appended, in UTF-16 units. */
export const replyMaxChars = (): number => env().CHAT_REPLY_MAX_CHARS;

/** What prices and budgets are in, as ISO 4217 has it. */
export const currency = (): string => env().CHAT_PRICES.currency;
/** The instructions of a session that has none. */
export const defaultSystemPrompt = (): string => env().CHAT_SYSTEM_PROMPT ?? DEFAULT_SYSTEM_PROMPT;

/** What is stored beside what the environment of this process sets. */
export const settingSources = (stored: StoredSettings) => ({
  stored,
  environment: environmentSettings(),
  mistakes: settingMistakes(stored),
});

/** Stores new values and applies them: here at once, elsewhere within seconds. Throws `invalid`. */
export async function changeSettings(
  values: NewValues,
  who: Pick<Parameters<SettingsStore['change']>[0], 'by' | 'maker'>,
): Promise<void> {
  const { store, settings } = await services();
  checkSettings(await store.settings.read(), values);
  await store.settings.change({ values, ...who, now: clock.now() });
  await settings.refresh();
}

export { examineServer };
