import path from 'node:path';
import { expect, test } from 'vitest';
import { readEnv } from './env';

test('unset and blank variables have their defaults', () => {
  expect(readEnv({ CHAT_MODELS: '', PORT: '  ' })).toMatchObject({
    CHAT_MODELS: ['auto'],
    DATABASE: { dialect: 'sqlite', file: path.resolve('data/app.db') },
    CHAT_RATE_LIMIT: [
      { name: 'minute', limit: 20, seconds: 60 },
      { name: 'hour', limit: 300, seconds: 3600 },
      { name: 'day', limit: 2000, seconds: 86_400 },
    ],
    CHAT_MEMORY_ENABLED: true,
    PORT: 3000,
    HOST: '127.0.0.1',
  });
});

test.each([
  ['sqlite:///tmp/a.db', '/tmp/a.db'],
  ['sqlite:////tmp/a.db', '/tmp/a.db'],
  ['file:/tmp/a.db', '/tmp/a.db'],
  ['file:./a.db', path.resolve('a.db')],
])('%s is a SQLite file', (uri, file) => {
  expect(readEnv({ DATABASE_URI: uri }).DATABASE).toEqual({ dialect: 'sqlite', file });
});

test('DATABASE_URI takes precedence over DATABASE_URL', () => {
  const both = { DATABASE_URI: 'file:/a', DATABASE_URL: 'file:/b' };
  expect(readEnv(both).DATABASE).toMatchObject({ file: '/a' });
  expect(readEnv({ DATABASE_URL: 'file:/b' }).DATABASE).toMatchObject({ file: '/b' });
});

test('one error names all invalid variables and contains no values', () => {
  const wrong = {
    DATABASE_URI: 'mysql://user:hidden@host',
    CHAT_RATE_LIMIT: 'lots',
    CHAT_MEMORY_MAX_CHARS: '10',
    API_KEYS: 'me:hidden',
    FRONTEND_ORIGIN: 'https://a.example/path',
    TRUSTED_PROXIES: 'hidden',
    LOG_LEVEL: 'hidden',
    OPENAI_BASE_URL: 'hidden',
    UPSTREAM_HEADERS: 'hidden',
    APP_SECRET: 'hidden',
  };
  let said = '';
  try {
    readEnv(wrong);
  } catch (thrown) {
    said = String(thrown);
  }
  for (const name of Object.keys(wrong)) expect(said).toContain(`  ${name} must`);
  expect(said).not.toContain('hidden');
});

test('Postgres requires a secret, and the two Upstash variables require each other', () => {
  expect(() => readEnv({ DATABASE_URI: 'postgres://h/d' })).toThrow('APP_SECRET must be set');
  expect(() => readEnv({ UPSTASH_REDIS_REST_URL: 'https://x.example' })).toThrow(
    'must be set together',
  );
});

test.each([
  ['0', false],
  ['FALSE', false],
  ['no', false],
  ['1', true],
  ['yes', true],
])('CHAT_MEMORY_ENABLED=%s is %s', (word, on) => {
  expect(readEnv({ CHAT_MEMORY_ENABLED: word }).CHAT_MEMORY_ENABLED).toBe(on);
});

test('quotes around a value are removed', () => {
  const { OPENAI_API_KEY, CHAT_MODELS, PORT, CHAT_MEMORY_MODEL } = readEnv({
    OPENAI_API_KEY: '"sk-1"',
    CHAT_MODELS: `'alpha,beta' `,
    PORT: '"8080"',
    CHAT_MEMORY_MODEL: '"a","b"',
  });
  expect(OPENAI_API_KEY).toBe('sk-1');
  expect(CHAT_MODELS).toEqual(['alpha', 'beta']);
  expect(PORT).toBe(8080);
  expect(CHAT_MEMORY_MODEL).toBe('"a","b"');
  expect(readEnv({ OPENAI_API_KEY: '""' }).OPENAI_API_KEY).toBeUndefined();
});

test('an address of Postgres may name a driver of Python, as for Ask-Flask', () => {
  const { DATABASE } = readEnv({
    DATABASE_URI: 'postgresql+psycopg2://u:p+q@host/name',
    APP_SECRET: 's'.repeat(32),
  });
  expect(DATABASE).toMatchObject({ url: 'postgresql://u:p+q@host/name' });
});

test('DATABASE_POOL_MAX is the size of the pool of Postgres', () => {
  const url = 'postgres://host/name';
  const given = { DATABASE_URL: url, APP_SECRET: 's'.repeat(32) };
  expect(readEnv(given).DATABASE).toEqual({ dialect: 'postgres', url, poolMax: 10 });
  const { DATABASE } = readEnv({ ...given, DATABASE_POOL_MAX: '3' });
  expect(DATABASE).toEqual({ dialect: 'postgres', url, poolMax: 3 });
});

test('the default model must be in CHAT_MODELS, unless that contains auto', () => {
  expect(readEnv({ CHAT_MODELS: 'auto, b', CHAT_DEFAULT_MODEL: 'a' }).CHAT_DEFAULT_MODEL).toBe('a');
  const wrong = { CHAT_MODELS: 'b,c', CHAT_DEFAULT_MODEL: 'a' };
  expect(() => readEnv(wrong)).toThrow('CHAT_DEFAULT_MODEL must be one of CHAT_MODELS');
});

test('OPENAI_BASE_URL with user and password is refused beside OPENAI_API_KEY', () => {
  const OPENAI_BASE_URL = 'http://user:hidden@h/v1';
  expect(readEnv({ OPENAI_BASE_URL }).OPENAI_BASE_URL?.url).toBe('http://h/v1');
  const both = () => readEnv({ OPENAI_BASE_URL, OPENAI_API_KEY: 'sk-hidden' });
  expect(both).toThrow(/OPENAI_BASE_URL must have no user and password beside OPENAI_API_KEY/);
  expect(both).not.toThrow(/hidden/);
});

const KEY = { OPENAI_API_KEY: 'sk-1' };

test.each<[string, Record<string, string>]>([
  ['HOST lets others connect', { ...KEY, HOST: '0.0.0.0' }],
  ['the platform does', { OPENAI_BASE_URL: 'http://h/v1', RENDER: 'true' }],
  ['a proxy is trusted', { ...KEY, TRUSTED_PROXIES: 'private' }],
  ['it has another name', { ...KEY, ALLOWED_HOSTS: 'chat.example.com' }],
])('ACCESS must be chosen where a model is set and %s', (_where, given) => {
  expect(() => readEnv(given)).toThrow(
    /ACCESS must be set, .*\. Choose ACCESS=accounts .* ACCESS=proxy .* ACCESS=open for everyone\. Without ACCESS .*$/,
  );
  expect(readEnv({ ...given, ACCESS: 'open' }).ACCESS).toBe('open');
});

test.each<[string, Record<string, string>]>([
  ['only this machine can connect', KEY],
  ['the demo answers', { HOST: '0.0.0.0' }],
  ['nothing starts', { ...KEY, VERCEL: '1' }],
])('ACCESS need not be chosen at the start where %s', (_where, given) => {
  expect(readEnv(given).ACCESS).toBeUndefined();
});

test('ACCESS=proxy needs the networks of the proxy, by address or by a name that is not a whole cloud', () => {
  const from = (networks: string) => readEnv({ ACCESS: 'proxy', PROXY_USER_FROM: networks });
  expect(() => from('')).toThrow('PROXY_USER_FROM must be set when ACCESS is proxy');
  for (const wrong of ['cloudflare', '1', 'fly', 'proxy.example', 'private, cloudflare'])
    expect(() => from(wrong)).toThrow('PROXY_USER_FROM must be addresses, networks');
  expect(from('10.0.0.7, 172.16.0.0/12').PROXY_USER_FROM).toHaveLength(2);
  const onVercel = { ACCESS: 'proxy', PROXY_USER_FROM: 'private', VERCEL: '1' };
  expect(() => readEnv(onVercel)).toThrow('ACCESS must not be proxy on Vercel');
  const header = { PROXY_USER_HEADER: 'Remote User' };
  expect(() => readEnv(header)).toThrow('PROXY_USER_HEADER must be the name of a header');
});
