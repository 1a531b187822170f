import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/log-port';
import { withBreaker } from './breaker';
import { fixedCatalogue, listedCatalogue } from './catalogue';
import { DEMO_MODEL, demoModel } from './demo';
import { listedModels } from './listed-models';
import { openaiClient, openaiModel } from './openai';
import type { Model, ModelCatalogue } from './port';
import { withRetries, type Retry } from './retry';
import { toUpstreamError } from './upstream-error';

export interface Models {
  readonly chatModel: Model;
  /** Merges memories. A merge that fails is no failed send, so it has no part in the breaker. */
  readonly memoryModel: Model;
  readonly memoryModelName: () => Promise<string>;
  readonly catalogue: ModelCatalogue;
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal });
const MEMORY_MODEL = 'gpt-3.5-turbo';

export function openModels(env: Env, log: Log): Models {
  const demo = !env.OPENAI_API_KEY && !env.OPENAI_BASE_URL;
  const model = demo
    ? demoModel({ pause })
    : withRetries(openaiModel(upstream(env)), retrying(env, log));
  const catalogue = openCatalogue(env, demo);
  return {
    memoryModel: model,
    catalogue,
    chatModel: withBreaker(model, {
      threshold: env.BREAKER_THRESHOLD,
      cooldownMs: env.BREAKER_COOLDOWN_MS,
      onOpen: () => {
        log.error({ event: 'breaker.open', cooldown_ms: env.BREAKER_COOLDOWN_MS });
      },
    }),
    async memoryModelName() {
      if (env.CHAT_MEMORY_MODEL) return env.CHAT_MEMORY_MODEL;
      const { models } = await catalogue.list();
      return models.includes(MEMORY_MODEL) ? MEMORY_MODEL : (models[0] ?? MEMORY_MODEL);
    },
  };
}

const upstream = (env: Env) => ({
  apiKey: env.OPENAI_API_KEY,
  baseUrl: env.OPENAI_BASE_URL,
  timeoutMs: env.UPSTREAM_TIMEOUT_MS,
  idleTimeoutMs: env.UPSTREAM_IDLE_TIMEOUT_MS,
  bytesMax: OVERHEAD_MAX + BYTES_PER_CHARACTER * env.CHAT_REPLY_MAX_CHARS,
});

/** Each token comes in a chunk of some hundred bytes, and as many again may be thoughts that nobody sees. */
const BYTES_PER_CHARACTER = 512;
const OVERHEAD_MAX = 64 * 1024 * 1024;

const retrying = (env: Env, log: Log) => ({
  random: Math.random,
  sleep: pause,
  ticks: () => performance.now(),
  loadingMs: env.UPSTREAM_TIMEOUT_MS,
  onRetry: ({ requestId, attempt, error }: Retry) => {
    log.warn({ event: 'upstream.retry', request_id: requestId, attempt, cause: causesOf(error) });
  },
});

/** Stands in CHAT_MODELS for the names that the upstream itself lists. */
const AUTO = 'auto';
/** A list is short, and whoever waits for it has not even sent a message yet. */
const LIST_TIMEOUT_MS = 5000;

function openCatalogue(env: Env, demo: boolean): ModelCatalogue {
  const named = env.CHAT_MODELS.filter((id) => id !== AUTO);
  // Programs written for the original name one of its models; the demo answers for those too.
  if (demo) return fixedCatalogue([...new Set([DEMO_MODEL, ...named])], true);
  if (!env.CHAT_MODELS.includes(AUTO)) return fixedCatalogue(named, false);
  const client = openaiClient(upstream(env));
  const timeout = Math.min(env.UPSTREAM_TIMEOUT_MS, LIST_TIMEOUT_MS);
  const list = async () => {
    try {
      return listedModels((await client.models.list({ timeout })).data);
    } catch (thrown) {
      throw toUpstreamError(thrown);
    }
  };
  return listedCatalogue(list, { named, ticks: () => performance.now() });
}
