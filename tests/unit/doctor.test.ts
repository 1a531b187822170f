import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clockFindings } from '@/lib/doctor/clock';
import { databaseFindings } from '@/lib/doctor/database';
import { spaceFinding } from '@/lib/doctor/disk';
import type { Finding } from '@/lib/doctor/finding';
import { arrivalFindings } from '@/lib/doctor/proxy';
import { checkSettings } from '@/lib/doctor/settings';
import { ENGINES } from '@/tests/databases/engines';
import { freePort } from '@/tests/programs/free-port';
import { commandLine } from '@/tests/setup/operator/command-line';
import { picky, PICKY_SERVERS } from '@/tests/upstream/picky-servers';
import {
  answer,
  startUpstream,
  status,
  type Behaviour,
  type Upstream,
} from '@/tests/upstream/upstream';

let folder: string;
let upstream: Upstream;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-doctor-'));
  upstream = await startUpstream();
});
beforeEach(() => {
  upstream.reset();
});
afterAll(async () => {
  await upstream.close();
  rmSync(folder, { recursive: true });
});

const lines = ({ out }: { out: string }) => out.split('\n').map((line) => line.replace(/ +/g, ' '));

/** What the doctor finds with these settings, as `level area sentence`. */
async function found(env: Readonly<Record<string, string>>, ...options: string[]) {
  const DATABASE_URI = `sqlite://${path.join(folder, 'app.db')}`;
  const run = commandLine({ DATABASE_URI, OPENAI_BASE_URL: upstream.url, ...env });
  const outcome = await run('doctor', ...options);
  return { ...outcome, lines: lines(outcome) };
}

describe('of the upstream', () => {
  test.each(PICKY_SERVERS)('$name is usable, and what it lacks is said', async (server) => {
    upstream.behave(picky(server, 'Hello'));
    const { code, lines: said } = await found({});
    expect(code).toBe(0);
    const { body } = upstream.requests.at(-1)!;
    const takesSystem = body.messages.some(({ role }) => role === 'system');
    expect(said).toContain(
      takesSystem
        ? 'ok upstream gpt-3.5-turbo takes system messages.'
        : 'warning upstream gpt-3.5-turbo takes no system message: instructions go into the first message of the user.',
    );
    expect(said).toContain(
      body.stream === true
        ? 'ok upstream gpt-3.5-turbo streams.'
        : 'warning upstream gpt-3.5-turbo does not stream: replies appear all at once.',
    );
    expect(said.filter((line) => line.startsWith('problem'))).toEqual([]);
  });

  const FAILURES: readonly (readonly [string, Behaviour, RegExp])[] = [
    ['a wrong key', status(401, { error: { code: 'invalid_api_key' } }), /OPENAI_API_KEY/],
    ['an unknown model', status(404, { error: { code: 'model_not_found' } }), /CHAT_MODELS/],
    ['no credit', status(402, { error: { message: 'x' } }), /credit/],
    ['a refusal', status(418, {}), /OPENAI_BASE_URL/],
  ];
  test.each(FAILURES)('%s is a problem, and the sentence names what to check', async (...the) => {
    const [, behaviour, sentence] = the;
    upstream.behave(behaviour);
    const { code, lines: said } = await found({});
    expect(code).toBe(1);
    expect(said.filter((line) => line.startsWith('problem'))).toEqual([
      expect.stringMatching(sentence),
    ]);
  });

  test('its models are listed, and a list that fails is a warning', async () => {
    upstream.behave(answer('Hello'));
    expect((await found({})).lines).toContain(
      'ok upstream It lists 2 models: gpt-3.5-turbo, gpt-4.',
    );
    upstream.behaveListing(() => [500, {}]);
    expect((await found({})).lines).toContainEqual(
      expect.stringMatching(/^warning upstream Its list of models cannot be used.*CHAT_MODELS/),
    );
  });

  test('its clock is compared with this one', async () => {
    expect((await found({})).lines).toContain(
      "ok clock This clock and that of the model's server differ by 0 seconds.",
    );
  });

  test('no key reaches the output', async () => {
    upstream.behave(status(401, { error: { message: 'no sk-secret here' } }));
    const { out } = await found({ OPENAI_API_KEY: 'sk-secret' }, '--json');
    expect(out).not.toContain('sk-secret');
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ area: 'upstream', level: 'problem' }),
    );
  });
});

describe('of the settings', () => {
  const CASES: readonly (readonly [Record<string, string>, Finding['level'], string])[] = [
    [{}, 'ok', 'Every variable is known'],
    [{ CHAT_MODEL: 'x' }, 'warning', 'is CHAT_MODELS meant?'],
    [{ TRUSTED_PROXY: '1' }, 'warning', 'TRUSTED_PROXIES meant'],
    [{ CHAT_COLOUR: 'x' }, 'warning', 'CHAT_COLOUR is not known, and has no effect'],
    [{ SIGN_UP: 'open' }, 'warning', 'without ACCESS=accounts'],
    [{ PROXY_USER_FROM: 'private' }, 'warning', 'without ACCESS=proxy'],
    [{ DATABASE_POOL_MAX: '5' }, 'warning', 'no effect on SQLite'],
    [{ CHAT_MEMORY_ENABLED: 'no', CHAT_MEMORY_MODEL: 'x' }, 'warning', 'CHAT_MEMORY_ENABLED=false'],
    [{ DATABASE_URI: 'file:a', DATABASE_URL: 'file:b' }, 'warning', 'both set'],
    [{ PORT: 'x' }, 'problem', 'PORT must be a whole number'],
    [{ HOST: '::', OPENAI_API_KEY: 'x' }, 'problem', 'ACCESS must be set'],
    [{ HOST: '::', OPENAI_API_KEY: 'x', ACCESS: 'open' }, 'warning', 'at your cost'],
    [{ HOST: '::', OPENAI_API_KEY: 'x', ACCESS: 'accounts' }, 'ok', 'People sign in'],
    [{ HOST: '::' }, 'ok', 'demo'],
    [{ PATH: '/bin', VERCEL_ENV: 'x', RENDER_GIT_BRANCH: 'x' }, 'ok', 'Every variable is known'],
  ];
  test.each(CASES)('%j: %s', (env, level, sentence) => {
    const { findings } = checkSettings(env);
    expect(findings).toContainEqual(
      expect.objectContaining({ level, says: expect.stringContaining(sentence) as string }),
    );
  });
});

describe.each(ENGINES)('of $name', ({ bare }) => {
  test('a new database, a migrated one, and one that is not there', async () => {
    const place = await bare();
    const env = { DATABASE_URI: place.uri, APP_SECRET: 'x'.repeat(32) };
    const isDatabase = (line: string) => /^\w+ database /.test(line);
    expect((await found(env)).lines.filter(isDatabase)).toEqual([
      expect.stringMatching(/^ok .* the server makes the tables at its first start/),
    ]);
    await commandLine(env)('migrate');
    expect((await found(env)).lines.filter(isDatabase)).toEqual([
      expect.stringMatching(
        /^ok database (SQLite|PostgreSQL) \d.* is reachable and can be written/,
      ),
    ]);
    await place.remove();
    if (place.database.dialect === 'sqlite') return;
    const lost = await found(env);
    expect(lost.code).toBe(1);
    expect(lost.lines.filter(isDatabase)).toEqual([
      expect.stringMatching(/^problem .*DATABASE_URI.*does not exist/),
    ]);
  });
});

const SEEN = { address: '198.51.100.7', protocol: 'https', isProxied: true, forwardedFor: null };
const ARRIVALS = [
  ['all is well', {}, 'https://a.example', ['ok', 'ok'], 'counted as 198.51.100.7'],
  [
    'a forged address counts',
    { address: '203.0.113.77' },
    'https://a.example',
    ['problem', 'ok'],
    'TRUSTED_PROXIES',
  ],
  [
    'a proxy is not trusted',
    { isProxied: false, protocol: null, forwardedFor: '203.0.113.77, 198.51.100.7' },
    'https://a.example',
    ['problem', 'problem'],
    'TRUSTED_PROXIES=1',
  ],
  [
    'https is not seen',
    { protocol: null },
    'https://a.example',
    ['ok', 'problem'],
    'X-Forwarded-Proto',
  ],
  ['no https', { protocol: 'http' }, 'http://a.example', ['ok', 'warning'], 'unencrypted'],
  [
    'this machine',
    { isProxied: false, protocol: null, forwardedFor: '203.0.113.77' },
    'http://127.0.0.1:3000',
    ['ok', 'ok'],
    'this machine only',
  ],
] as const;
test.each(ARRIVALS)('of a proxy: %s', (_name, seen, url, levels, sentence) => {
  const findings = arrivalFindings({ ...SEEN, ...seen }, new URL(url));
  expect(findings.map(({ level }) => level)).toEqual(levels);
  expect(findings.map(({ says }) => says).join('\n')).toContain(sentence);
});

test('of a clock, a disk and a database: how bad it is', () => {
  const off = (ms: number) => clockFindings('x', new Date(100_000 + ms), 100_000, 100_500)[0]!;
  const levels = [0, 500, 9000, 11_000, -11_000, 130_000, -130_000].map((ms) => off(ms).level);
  expect(levels).toEqual(['ok', 'ok', 'ok', 'warning', 'warning', 'problem', 'problem']);
  expect(clockFindings('x', new Date('soon'), 0, 0)).toEqual([]);
  expect([50, 500, 5000].map((mb) => spaceFinding('/data', mb).level)).toEqual([
    'problem',
    'warning',
    'ok',
  ]);
  const health = {
    exists: true,
    version: 'PostgreSQL 18',
    encoding: 'UTF8',
    applied: 5,
    shipped: 5,
    mayMigrate: true,
    now: null,
    connectionsMax: 100,
  };
  const worst = (more: object) => databaseFindings({ ...health, ...more }, 10).at(-1)!.level;
  expect(
    [
      {},
      { applied: 4 },
      { applied: 4, mayMigrate: false },
      { applied: 6 },
      { encoding: 'LATIN1' },
      { connectionsMax: 5 },
    ].map(worst),
  ).toEqual(['ok', 'warning', 'problem', 'problem', 'problem', 'problem']);
});

test('a file that others can read is a warning', async () => {
  const file = path.join(folder, 'open', 'app.db');
  const env = { DATABASE_URI: `sqlite://${file}` };
  await commandLine(env)('migrate');
  chmodSync(file, 0o644);
  writeFileSync(path.join(folder, 'open', 'secret'), 'x', { mode: 0o600 });
  expect((await found(env)).lines.filter((line) => line.includes('chmod 600'))).toEqual([
    expect.stringContaining(file),
  ]);
});

test('the provider of sign-ins is asked who it is', async () => {
  let issuer = '';
  const server = createServer((_, response) => response.end(JSON.stringify({ issuer })));
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  const OIDC_ISSUER = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const env = { ACCESS: 'accounts', OIDC_ISSUER, OIDC_CLIENT_ID: 'x' };
  const said = async () =>
    (await found(env)).lines.filter((line) => line.includes('OIDC') || line.includes('provider '));
  expect(await said()).toEqual([expect.stringMatching(/^problem provider .*set OIDC_ISSUER/)]);
  issuer = OIDC_ISSUER;
  expect(await said()).toEqual([expect.stringMatching(/^ok +provider /)]);
  server.close();
});

test('a Redis that is not there is a problem', async () => {
  const REDIS_URL = `redis://127.0.0.1:${String(await freePort())}`;
  const { code, lines: said } = await found({ REDIS_URL });
  expect(code).toBe(1);
  expect(said).toContainEqual(expect.stringMatching(/^problem redis .*REDIS_URL.*ECONNREFUSED/));
});
