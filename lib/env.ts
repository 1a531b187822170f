import 'server-only';
import path from 'node:path';
import { z } from 'zod';
import { ACCESS_MODES, accessMistakes } from '@/lib/accounts/access';
import type { SignUp } from '@/lib/accounts/sign-up-policy';
import { HSTS_SCOPES } from '@/lib/settings/hsts';
import { readAddress } from '@/lib/settings/upstream-address';
import { readHeaders } from '@/lib/settings/upstream-headers';
import { readNetwork } from '@/lib/settings/networks';
import { LISTENS, platformDefaults } from '@/lib/settings/platform';
import { PROMPT_MAX_CHARS } from '@/lib/settings/prompt-max';
import { readProxyNetworks, readTrustedProxies } from '@/lib/settings/trusted-proxies';
import { unquoted } from '@/lib/settings/unquoted';

/** At most `limit` requests in `seconds`; `name` is the unit that the operator wrote. */
export interface RateWindow {
  readonly name: 'second' | 'minute' | 'hour' | 'day';
  readonly limit: number;
  readonly seconds: number;
}

export type Database =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres'; readonly url: string; readonly poolMax?: number };

/** Where the secret of an SQLite database is kept that APP_SECRET does not give. */
export const secretFileOf = (database: string): string =>
  path.join(path.dirname(database), 'secret');

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

const flag = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['1', 'true', 'yes', 'on', '0', 'false', 'no', 'off'], 'must be true or false'))
  .transform((word) => ['1', 'true', 'yes', 'on'].includes(word));

const whole = (min: number, max = 2 ** 31 - 1) => {
  const range = `must be a whole number from ${String(min)} to ${String(max)}`;
  return z.coerce.number(range).int(range).min(min, range).max(max, range);
};

const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean),
);

const rateLimit = z.string().transform((text, context): RateWindow[] =>
  text.split(';').flatMap((part) => {
    const [, limit, name] =
      /^\s*([1-9]\d{0,8})\s*\/\s*(second|minute|hour|day)\s*$/.exec(part) ?? [];
    if (!limit || !name) {
      context.addIssue('must look like 20/minute;300/hour;2000/day');
      return [];
    }
    const window = name as RateWindow['name'];
    return [{ name: window, limit: Number(limit), seconds: SECONDS[window] }];
  }),
);

/** How much of the upstream the whole deployment may use per UTC day. */
export interface DailyLimit {
  readonly turns: number;
  readonly tokens: number;
}

const dailyLimit = z.string().transform((text, context): DailyLimit => {
  const found = /^\s*([1-9]\d{0,8})\s*turns\s*;\s*([1-9]\d{0,11})\s*tokens\s*$/.exec(text);
  if (found) return { turns: Number(found[1]), tokens: Number(found[2]) };
  context.addIssue('must look like 10000 turns;50000000 tokens');
  return z.NEVER;
});

const networks = words.pipe(
  z.array(
    z.string().transform((text, context) => {
      const network = readNetwork(text);
      if (network) return network;
      context.addIssue('must be addresses or networks such as 203.0.113.0/24, comma separated');
      return z.NEVER;
    }),
  ),
);

const trustedProxies = z.string().transform((text, context) => {
  const trusted = readTrustedProxies(text);
  if (trusted) return trusted;
  context.addIssue(
    'must be a number of proxies from 0 to 10, or networks such as 10.0.0.0/8, private or cloudflare, comma separated',
  );
  return z.NEVER;
});

const proxyNetworks = z.string().transform((text, context) => {
  const networksOfProxies = readProxyNetworks(text);
  if (networksOfProxies) return networksOfProxies;
  context.addIssue(
    'must be addresses, networks such as 10.0.0.0/8, or the names loopback and private, comma separated',
  );
  return z.NEVER;
});

const hosts = words.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .regex(
        /^(\*\.)?[a-z\d]([a-z\d.-]*[a-z\d])?$/,
        'must be host names such as chat.example.com or *.example.com, comma separated, without a port',
      ),
  ),
);

const database = z.string().transform((uri, context): Database => {
  const read = readDatabase(uri);
  if (read) return read;
  context.addIssue('must start with sqlite:///, file: or postgres://');
  return z.NEVER;
});

/** Null for an address that is not one of a database. */
export function readDatabase(uri: string): Database | null {
  // SQLAlchemy, and so Ask-Flask, names its driver too: postgresql+psycopg2://
  const url = uri.replace(/^(postgres(?:ql)?)\+\w+:/, '$1:');
  if (/^postgres(ql)?:\/\/./.test(url)) return { dialect: 'postgres', url };
  const [, scheme, rest] = /^(sqlite:\/\/|file:)(.+)$/.exec(uri) ?? [];
  if (scheme && rest) {
    // Three slashes and four (as in SQLAlchemy) both mean an absolute path.
    return { dialect: 'sqlite', file: path.resolve(rest.replace(/^\/+/, '/')) };
  }
  return null;
}

const origins = words.pipe(
  z.array(
    z
      .string()
      .refine(
        (text) => URL.canParse(text) && new URL(text).origin === text,
        'must be origins such as https://chat.example.com, comma separated, without a path',
      ),
  ),
);

const apiKeys = words.pipe(
  z.array(
    z.string().transform((pair, context) => {
      const [, name, key] = /^([\w.-]{1,64}):(\S{16,})$/.exec(pair) ?? [];
      if (name && key) return { name, key };
      context.addIssue('must be name:key pairs, comma separated, each key at least 16 characters');
      return z.NEVER;
    }),
  ),
);

const signUp = words.transform((given, context): SignUp => {
  const [first, ...more] = given;
  if (more.length === 0 && (first === 'closed' || first === 'open')) return first;
  const domains = given.map((word) => word.toLowerCase().replace(/^@/, ''));
  if (domains.every((domain) => /^[a-z\d-]+(\.[a-z\d-]+)+$/.test(domain))) return { domains };
  context.addIssue('must be closed, open, or e-mail domains such as example.com, comma separated');
  return z.NEVER;
});

const webAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const upstreamAddress = z.string().transform((text, context) => {
  const address = readAddress(text);
  if ('url' in address) return address;
  context.addIssue(address.mistake);
  return z.NEVER;
});

const headers = z.string().transform((text, context) => {
  const read = readHeaders(text);
  if ('headers' in read) return read.headers;
  context.addIssue(read.mistake);
  return z.NEVER;
});

/** In CHAT_MODELS: the models that the upstream lists. */
export const AUTO = 'auto';

/** Node's fetch has this timeout of its own. */
const FETCH_LIMIT_MS = 300_000;

const secret = z.string().min(32, 'must be at least 32 characters');

const variables = z.object({
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: upstreamAddress.optional(),
  UPSTREAM_HEADERS: headers.default({}),
  CHAT_MODELS: words.default([AUTO]),
  CHAT_DEFAULT_MODEL: z.string().optional(),
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
  OWNER_MAX_SESSIONS: whole(1).default(5000),
  OWNER_MAX_MESSAGES: whole(1).default(100_000),
  OWNER_MAX_MEGABYTES: whole(1, 1_000_000).default(100),
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
  SIGN_IN_RATE_LIMIT: rateLimit.prefault('10/minute;60/hour;200/day'),
  SHUTDOWN_TIMEOUT_MS: whole(0, 600_000).default(25_000),
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
    // Both ask the model for something that no person asked for.
    return { ...rest, CHAT_TITLES: rest.CHAT_TITLES ?? rest.CHAT_MEMORY_ENABLED, DATABASE };
  })
  .superRefine((env, context) => {
    const demand = (name: string, message: string) => {
      context.addIssue({ code: 'custom', path: [name], message });
    };
    if (env.CHAT_MODELS.length === 0) demand('CHAT_MODELS', 'must name at least one model');
    const { CHAT_DEFAULT_MODEL: first, CHAT_MODELS: models } = env;
    if (first && !models.includes(AUTO) && !models.includes(first))
      demand('CHAT_DEFAULT_MODEL', 'must be one of CHAT_MODELS');
    if (env.OPENAI_API_KEY && env.OPENAI_BASE_URL?.authorization)
      demand(
        'OPENAI_BASE_URL',
        'must have no user and password beside OPENAI_API_KEY: only one of them can be sent. Take one out',
      );
    for (const mistake of Object.entries(accessMistakes(env))) demand(...mistake);
    if (env.DATABASE.dialect === 'postgres' && !env.APP_SECRET) {
      demand('APP_SECRET', 'must be set when the database is Postgres');
    }
    if (!env.UPSTASH_REDIS_REST_URL !== !env.UPSTASH_REDIS_REST_TOKEN) {
      demand('UPSTASH_REDIS_REST_TOKEN', 'and UPSTASH_REDIS_REST_URL must be set together');
    }
  });

export type Env = z.infer<typeof schema>;

/** The names of all variables, for the test that keeps the docs complete. */
export const ENV_NAMES: readonly string[] = Object.keys(variables.shape);

/** Throws one error that names every invalid variable and contains no values. A blank variable counts as unset. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.entries(source)
    .map(([name, value = '']) => [name, unquoted(value)] as const)
    .filter(([, value]) => value);
  const set = Object.fromEntries(given);
  const parsed = schema.safeParse({ ...platformDefaults(set), ...set });
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(
    ({ path: [name], message }) => `  ${String(name)} ${message}`,
  );
  throw new Error(`The configuration is invalid:\n${[...new Set(mistakes)].join('\n')}`);
}

let parsedOnce: Env | undefined;

/** The configuration of this process, parsed on first use. */
export const env = (): Env => (parsedOnce ??= readEnv(process.env));
