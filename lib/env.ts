import 'server-only';
import path from 'node:path';
import { z } from 'zod';
import { ACCESS_MODES, accessMistakes } from '@/lib/accounts/access';
import { budget } from '@/lib/env/budgets';
import { SETTING_NAMES, type SettingName, type StoredSettings } from '@/lib/env/changeable';
import { storedSettings } from '@/lib/env/stored';
import { database, type Database } from '@/lib/env/database';
import { providerMistakes, providerSettings } from '@/lib/accounts/provider/settings';
import { HSTS_SCOPES } from '@/lib/env/hsts';
import {
  apiKeys,
  flag,
  headers,
  hosts,
  issuer,
  networks,
  origins,
  proxyNetworks,
  signUp,
  trustedProxies,
  upstreamAddress,
  webAddress,
  whole,
  words,
} from '@/lib/env/kinds';
import { dailyLimit, rateLimit } from '@/lib/env/limits';
import { LISTENS, platformDefaults } from '@/lib/env/platform';
import { NO_PRICES, prices } from '@/lib/env/prices';
import { modelNames } from '@/lib/env/model-names';
import { PROMPT_MAX_CHARS } from '@/lib/env/prompt-max';
import { unquoted } from '@/lib/env/unquoted';

/** In CHAT_MODELS: the models that the upstream lists. */
export const AUTO = 'auto';

/** Node's fetch has this timeout of its own. */
const FETCH_LIMIT_MS = 300_000;

const SYSTEM_PROMPT_MAX = 8000;

const secret = z.string().min(32, 'must be at least 32 characters');

const variables = z.object({
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: upstreamAddress.optional(),
  UPSTREAM_HEADERS: headers.default({}),
  CHAT_MODELS: words.default([AUTO]),
  CHAT_DEFAULT_MODEL: z.string().optional(),
  CHAT_MODEL_NAMES: modelNames.default({}),
  CHAT_SYSTEM_PROMPT: z
    .string()
    .max(SYSTEM_PROMPT_MAX, `may have at most ${String(SYSTEM_PROMPT_MAX)} characters`)
    .optional(),
  DATABASE_URI: database.optional(),
  DATABASE_URL: database.optional(),
  DATABASE_POOL_MAX: whole(1, 1000).default(10),
  APP_SECRET: secret.optional(),
  APP_SECRET_PREVIOUS: secret.optional(),
  FRONTEND_ORIGIN: origins.default([]),
  CHAT_CONTEXT_MAX_TURNS: whole(0, 1000).default(12),
  CHAT_CONTEXT_MAX_CHARS: whole(1000, 10_000_000).default(PROMPT_MAX_CHARS),
  CHAT_MESSAGE_MAX_CHARS: whole(1, 100_000).default(4000),
  CHAT_REPLY_MAX_CHARS: whole(1000, 4_000_000).default(200_000),
  CHAT_REPLY_MAX_TOKENS: whole(1, 10_000_000).optional(),
  CHAT_REASONING: z.enum(['show', 'drop']).default('show'),
  CHAT_DAILY_LIMIT: dailyLimit.prefault('10000 turns;50000000 tokens'),
  CHAT_BUDGET: budget.default([]),
  CHAT_PERSON_BUDGET: budget.default([]),
  CHAT_KEY_BUDGET: budget.default([]),
  CHAT_PRICES: prices.default(NO_PRICES),
  CHAT_MEMORY_ENABLED: flag.default(true),
  CHAT_MEMORY_DEFAULT: z.enum(['on', 'off'], 'must be on or off').default('on'),
  CHAT_MEMORY_MAX_CHARS: whole(200, 100_000).default(2000),
  CHAT_MEMORY_MODEL: z.string().optional(),
  CHAT_TITLES: flag.optional(),
  CHAT_RATE_LIMIT: rateLimit.prefault('20/minute;300/hour;2000/day'),
  API_RATE_LIMIT: rateLimit.prefault('300/minute'),
  PAGE_RATE_LIMIT: rateLimit.prefault('300/minute'),
  VISITOR_RATE_LIMIT: rateLimit.prefault('60/minute;300/hour;1000/day'),
  VISITOR_KEPT_DAYS: whole(1, 36_500).default(400),
  OWNER_MAX_SESSIONS: whole(1).default(20_000),
  OWNER_MAX_MESSAGES: whole(1).default(400_000),
  OWNER_MAX_MEGABYTES: whole(1, 1_000_000).default(400),
  STREAMS_PER_OWNER: whole(1).default(60),
  STREAMS_PER_ADDRESS: whole(1).default(300),
  STREAMS_MAX: whole(1).default(2000),
  TURNS_PER_OWNER: whole(1).default(10),
  TURNS_MAX: whole(1).default(500),
  ACCESS: z.enum(ACCESS_MODES, `must be ${ACCESS_MODES.join(', ')}`).optional(),
  PROXY_USER_HEADER: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be the name of a header, such as Remote-User')
    .default('Remote-User'),
  PROXY_USER_FROM: proxyNetworks.optional(),
  PROXY_OPERATORS: words.default([]),
  ALLOWED_HOSTS: hosts.default([]),
  BLOCKED_ADDRESSES: networks.default([]),
  LOG_ADDRESSES: flag.default(false),
  UPSTASH_REDIS_REST_URL: webAddress.optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must start with redis:// or rediss://' })
    .optional(),
  TRUSTED_PROXIES: trustedProxies.prefault('0'),
  HSTS: z.enum(HSTS_SCOPES, `must be ${HSTS_SCOPES.join(', ')}`).default('host'),
  UPSTREAM_TIMEOUT_MS: whole(1, FETCH_LIMIT_MS).default(120_000),
  UPSTREAM_IDLE_TIMEOUT_MS: whole(1, FETCH_LIMIT_MS).default(60_000),
  BREAKER_THRESHOLD: whole(1).default(3),
  BREAKER_COOLDOWN_MS: whole(1).default(20_000),
  API_KEYS: apiKeys.default([]),
  SIGN_UP: signUp.prefault('closed'),
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(60, 'may have at most 60 characters').optional(),
  SIGN_IN_RATE_LIMIT: rateLimit.prefault('10/minute;60/hour;200/day'),
  SHUTDOWN_TIMEOUT_MS: whole(0, 600_000).default(25_000),
  METRICS_TOKEN: secret.regex(/^\S*$/, 'must have no blanks').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a pino level')
    .default('info'),
  PORT: whole(0, 65_535).default(LISTENS.PORT),
  HOST: z.string().default(LISTENS.HOST),
  VERCEL: flag.default(false),
  VERCEL_URL: z.string().optional(),
  VERCEL_BRANCH_URL: z.string().optional(),
  VERCEL_PROJECT_PRODUCTION_URL: z.string().optional(),
  RENDER_EXTERNAL_HOSTNAME: z.string().optional(),
  FLY_APP_NAME: z.string().optional(),
  RAILWAY_PUBLIC_DOMAIN: z.string().optional(),
  HEROKU_APP_DEFAULT_DOMAIN_NAME: z.string().optional(),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});

const schema = variables
  .transform(({ DATABASE_URI, DATABASE_URL, ...rest }) => {
    const named = DATABASE_URI ?? DATABASE_URL;
    const DATABASE: Database =
      named?.dialect === 'postgres'
        ? { ...named, poolMax: rest.DATABASE_POOL_MAX }
        : (named ?? { dialect: 'sqlite', file: path.resolve('data/app.db') });
    // Both send requests to the model that no person made.
    const CHAT_TITLES = rest.CHAT_TITLES ?? rest.CHAT_MEMORY_ENABLED;
    return { ...rest, CHAT_TITLES, DATABASE, OIDC: providerSettings(rest) };
  })
  .superRefine((read, context) => {
    const demand = (name: string, message: string) => {
      context.addIssue({ code: 'custom', path: [name], message });
    };
    if (read.CHAT_MODELS.length === 0) demand('CHAT_MODELS', 'must name at least one model');
    const { CHAT_DEFAULT_MODEL: first, CHAT_MODELS: models } = read;
    if (first && !models.includes(AUTO) && !models.includes(first))
      demand('CHAT_DEFAULT_MODEL', 'must be one of CHAT_MODELS');
    if (read.OPENAI_API_KEY && read.OPENAI_BASE_URL?.authorization)
      demand(
        'OPENAI_BASE_URL',
        'must have no user and password beside OPENAI_API_KEY: only one of them can be sent. Take one out',
      );
    const mistakes = { ...accessMistakes(read), ...providerMistakes(read) };
    for (const mistake of Object.entries(mistakes)) demand(...mistake);
    if (read.DATABASE.dialect === 'postgres' && !read.APP_SECRET) {
      demand('APP_SECRET', 'must be set when the database is Postgres');
    }
    if (!read.UPSTASH_REDIS_REST_URL !== !read.UPSTASH_REDIS_REST_TOKEN) {
      demand('UPSTASH_REDIS_REST_TOKEN', 'and UPSTASH_REDIS_REST_URL must be set together');
    }
  });

export type Env = z.infer<typeof schema>;

/** The names of all variables, for the test that keeps the docs complete. */
export const ENV_NAMES: readonly string[] = Object.keys(variables.shape);

type Source = Readonly<Record<string, string | undefined>>;
type Given = Readonly<Record<string, string>>;

/** The variables of a source that are set. A blank one counts as unset. */
const givenBy = (source: Source): Given =>
  Object.fromEntries(
    Object.entries(source)
      .map(([name, value = '']) => [name, unquoted(value)] as const)
      .filter(([, value]) => value),
  );

const parse = (given: Given) => schema.safeParse({ ...platformDefaults(given), ...given });

/** Throws one error that names every invalid variable and contains no values. A blank variable counts as unset. */
export function readEnv(source: Source): Env {
  const parsed = parse(givenBy(source));
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    ({ path: [name], message }) => `  ${String(name)} ${message}`,
  );
  throw new Error(`The configuration is invalid:\n${[...new Set(mistakes)].join('\n')}`);
}

/** The same with stored settings, over which the variables of `source` win. One that does not fit is left out. */
export function readEnvWith(source: Source, stored: StoredSettings): Env {
  const given = givenBy(source);
  const fitting: Record<string, string> = {};
  for (const name of SETTING_NAMES) {
    const value = stored[name];
    if (value === undefined || name in given) continue;
    if (parse({ ...fitting, [name]: value, ...given }).success) fitting[name] = value;
  }
  return readEnv({ ...fitting, ...given });
}

/** What is wrong with stored settings, by their names. */
export function mistakesOf(source: Source, stored: StoredSettings): [SettingName, string][] {
  const given = givenBy(source);
  const fitting: Record<string, string> = {};
  const mistakes: [SettingName, string][] = [];
  // One after the other, as `readEnvWith` does: what it leaves out is a mistake, whichever variable complains.
  for (const name of SETTING_NAMES) {
    const value = stored[name];
    if (value === undefined || name in given) continue;
    const { error } = parse({ ...fitting, [name]: value, ...given });
    if (error) mistakes.push([name, complaintOf(error, name)]);
    else fitting[name] = value;
  }
  return mistakes;
}

function complaintOf({ issues }: z.ZodError, name: SettingName): string {
  const own = issues.find(({ path: [named] }) => named === name);
  if (own) return own.message;
  const [first] = issues;
  return first ? `${String(first.path[0])} ${first.message}` : '';
}

let parsedOnce: { readonly stored: StoredSettings; readonly env: Env } | undefined;

/** The configuration of this process now: of its environment, and of what operators set in the page. */
export function env(): Env {
  const stored = storedSettings();
  if (parsedOnce?.stored !== stored) parsedOnce = { stored, env: latest(stored, parsedOnce?.env) };
  return parsedOnce.env;
}

/** A file that the environment names may be broken by now: a process that runs keeps what it had. */
function latest(stored: StoredSettings, before: Env | undefined): Env {
  try {
    return readEnvWith(process.env, stored);
  } catch (cause) {
    if (!before) throw cause;
    return before;
  }
}

/** The variables of this process, as they are set. */
export const environment = (): Source => process.env;

/** The settings that the environment of this process has, which win over stored ones. */
export const environmentSettings = (): StoredSettings => {
  const given = givenBy(process.env);
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => (name in given ? [[name, given[name]]] : [])),
  );
};

/** What is wrong with stored settings beside the environment of this process. */
export const settingMistakes = (stored: StoredSettings) => mistakesOf(process.env, stored);
