import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type OpenAI from 'openai';
import { AUTO, type Env } from '@/lib/env';
import { causesOf, failureOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import { fetchModels } from '@/lib/llm/models/fetch-models';
import { openModelList, type ModelList } from '@/lib/llm/models/model-list';
import { withAttempts } from './attempts';
import { withBreaker } from './breaker';
import {
  describedCatalogue,
  fixedCatalogue,
  listedCatalogue,
  pricesOf,
} from '@/lib/llm/models/catalogue';
import { DEMO_MODEL, demoModel } from '@/lib/llm/demo/demo';
import { openaiModel } from './openai';
import type { Model, ModelCatalogue } from '@/lib/ports/model';
import { anyNeedsPrices, type Budgets } from '@/lib/usage/budget';
import { FREE } from '@/lib/usage/price';
import { openaiClient } from './request/client';
import { withRetries, type Retry } from './retry';

export interface Models {
  readonly chatModel: Model;
  /** Merges memories, without the breaker: a failed merge is not a failed send. */
  readonly memoryModel: Model;
  readonly memoryModelName: () => Promise<string>;
  readonly catalogue: ModelCatalogue;
  /** No upstream is configured. */
  readonly demo: boolean;
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
const MEMORY_MODEL = 'gpt-3.5-turbo';

/** `choice`: which models are offered now, and whether a budget needs their prices. */
export function openModels(env: Env, log: Log, choice: () => Choice = () => env): Models {
  const demo = !env.OPENAI_API_KEY && !env.OPENAI_BASE_URL;
  const options = upstream(env, log);
  const client = openaiClient(options);
  const notForChat = new Set<string>();
  const openai = withAttempts(openaiModel(options, client), {
    log,
    ticks: () => performance.now(),
  });
  const model = demo
    ? demoModel({ pause })
    : withRetries(noting(openai, notForChat), retrying(env, log));
  const list = upstreamList(env, client, log, choice);
  const catalogue = newestCatalogue(choice, (chosen) =>
    demo ? demoCatalogue(chosen) : openCatalogue({ ...env, ...chosen }, list, notForChat),
  );
  return {
    memoryModel: model,
    catalogue,
    demo,
    chatModel: withBreaker(model, {
      threshold: env.BREAKER_THRESHOLD,
      cooldownMs: env.BREAKER_COOLDOWN_MS,
      ticks: () => performance.now(),
      onOpen: () => {
        log.error({ event: 'breaker.opened', cooldown_ms: env.BREAKER_COOLDOWN_MS });
      },
      onClose: () => {
        log.info({ event: 'breaker.closed' });
      },
    }),
    async memoryModelName() {
      if (env.CHAT_MEMORY_MODEL) return env.CHAT_MEMORY_MODEL;
      const { models } = await catalogue.list();
      return models.includes(MEMORY_MODEL) ? MEMORY_MODEL : (models[0] ?? MEMORY_MODEL);
    },
  };
}

/** Notes the models whose server says that they are not for chat. */
function noting(model: Model, notForChat: Set<string>): Model {
  return {
    async stream(request) {
      try {
        return await model.stream(request);
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure.kind === 'upstream' && failure.reason === 'not-chat')
          notForChat.add(request.model);
        throw thrown;
      }
    },
  };
}

const upstream = (env: Env, log: Log) => ({
  apiKey: env.OPENAI_API_KEY,
  baseUrl: env.OPENAI_BASE_URL?.url,
  authorization: env.OPENAI_BASE_URL?.authorization ?? null,
  headers: env.UPSTREAM_HEADERS,
  onVersionFound: once(() => {
    const advice = 'OPENAI_BASE_URL works with /v1 at its end: write it so';
    log.warn({ event: 'upstream.version_found', advice });
  }),
  timeoutMs: env.UPSTREAM_TIMEOUT_MS,
  idleTimeoutMs: env.UPSTREAM_IDLE_TIMEOUT_MS,
  bytesMax: OVERHEAD_MAX + BYTES_PER_CHARACTER * env.CHAT_REPLY_MAX_CHARS,
});

function once(write: () => void): () => void {
  let logged = false;
  return () => {
    if (!logged) write();
    logged = true;
  };
}

/** A token comes in a chunk of some hundred bytes, and reasoning may double that. */
const BYTES_PER_CHARACTER = 512;
const OVERHEAD_MAX = 64 * 1024 * 1024;

const retrying = (env: Env, log: Log) => ({
  random: Math.random,
  sleep: pause,
  ticks: () => performance.now(),
  loadingMs: env.UPSTREAM_TIMEOUT_MS,
  onRetry: ({ requestId, attempt, error }: Retry) => {
    const { failure } = error;
    log.warn({
      event: 'upstream.retried',
      request_id: requestId,
      attempt,
      reason: 'reason' in failure ? failure.reason : failure.kind,
      cause: causesOf(error),
    });
  },
});

/** A list is short, and pages wait for it. */
const LIST_TIMEOUT_MS = 5000;

/** The original's models, which its clients request; the demo answers for them, too. */
const ORIGINAL_MODELS: readonly string[] = ['gpt-3.5-turbo', 'gpt-4'];

type Choice = Budgets & Pick<Env, 'CHAT_MODELS' | 'CHAT_DEFAULT_MODEL'>;

/** Opened again when the choice has changed. */
function newestCatalogue(
  choice: () => Choice,
  openWith: (choice: Choice) => ModelCatalogue,
): ModelCatalogue {
  let opened: { readonly key: string; readonly catalogue: ModelCatalogue } | undefined;
  const newest = () => {
    const chosen = choice();
    const { CHAT_MODELS, CHAT_DEFAULT_MODEL } = chosen;
    const key = JSON.stringify([CHAT_MODELS, CHAT_DEFAULT_MODEL, anyNeedsPrices(chosen)]);
    if (opened?.key !== key) opened = { key, catalogue: openWith(chosen) };
    return opened.catalogue;
  };
  return {
    list: () => newest().list(),
    contextTokens: (model) => newest().contextTokens(model),
    priceOf: (model) => newest().priceOf(model),
    pricesPending: () => newest().pricesPending(),
  };
}

const demoCatalogue = ({ CHAT_MODELS, CHAT_DEFAULT_MODEL: first }: Choice) => {
  const named = CHAT_MODELS.flatMap((id) => (id === AUTO ? ORIGINAL_MODELS : [id]));
  return fixedCatalogue([...new Set([first ?? DEMO_MODEL, DEMO_MODEL, ...named])], {
    demo: true,
    priceOf: () => FREE,
  });
};

/** The names of a choice, the default first. */
function namedIn({ CHAT_MODELS, CHAT_DEFAULT_MODEL: first }: Choice): readonly string[] {
  return [...new Set([...(first ? [first] : []), ...CHAT_MODELS.filter((id) => id !== AUTO)])];
}

/** One for all choices: what it knows, prices among it, outlives a changed choice. */
function upstreamList(env: Env, client: OpenAI, log: Log, choice: () => Choice): ModelList {
  const timeout = Math.min(env.UPSTREAM_TIMEOUT_MS, LIST_TIMEOUT_MS);
  return openModelList(() => fetchModels(client, timeout), {
    ticks: () => performance.now(),
    onFailure: (cause) => {
      const named = namedIn(choice());
      const offered = named.length > 0 ? named : ORIGINAL_MODELS;
      const advice = `until it is there, ${offered.join(', ')} can be asked for: name others in CHAT_MODELS`;
      log.warn({ event: 'models.list_failed', cause, advice });
    },
  });
}

function openCatalogue(env: Env, list: ModelList, notForChat: ReadonlySet<string>): ModelCatalogue {
  const named = namedIn(env);
  const { CHAT_PRICES: prices } = env;
  const isAuto = env.CHAT_MODELS.includes(AUTO);
  if (!isAuto && !anyNeedsPrices(env))
    return fixedCatalogue(named, { demo: false, priceOf: pricesOf(prices) });
  const listed = listedCatalogue(list, {
    named,
    prices,
    fallbacks: ORIGINAL_MODELS,
    notForChat,
  });
  return isAuto ? listed : describedCatalogue(named, listed);
}
