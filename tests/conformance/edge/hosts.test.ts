import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from '@/db/engine/migrate';
import { POSTGRES, SQLITE, type EmptyDatabase } from '../../databases/engines';
import { API_KEYS, apiClient } from '../../programs/api-client';
import { startApp, type RunningApp } from '../../programs/app';
import { startOutgoingProxy } from '../../upstream/outgoing-proxy';
import { startUpstream, type Upstream } from '../../upstream/upstream';

/** The host's environment: its Node, its `.env`, how it sets variables, its disk. */
let place: EmptyDatabase;
let upstream: Upstream;
let folder: string;
let app: RunningApp | undefined;

beforeEach(async () => {
  place = await SQLITE.empty();
  upstream = await startUpstream();
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-host-'));
  for (const part of ['.next', 'node_modules', 'drizzle', 'next.config.mjs', 'package.json'])
    symlinkSync(path.resolve(part), path.join(folder, part));
});
afterEach(async () => {
  await app?.stop('SIGKILL');
  app = undefined;
  await upstream.close();
  await place.remove();
  rmSync(folder, { recursive: true });
});

const common = () => ({ DATABASE_URI: place.uri, API_KEYS, CHAT_MEMORY_ENABLED: 'false' });
const start = async (configuration: Record<string, string>) => {
  app = await startApp({ ...common(), ...configuration }, folder);
  return apiClient(app.url);
};

test('a Node without TypeScript support gets a one-line error', async () => {
  const run = promisify(execFile);
  const args = ['--no-experimental-strip-types', 'scripts/serve.mjs'];
  const failed = await run(process.execPath, args).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 1, stdout: '' });
  expect((failed as { stderr: string }).stderr).toMatch(/^Node \S+ is too old to run this: .*\n$/);
});

test('values in .env are literal', async () => {
  const file = `\uFEFFOPENAI_API_KEY='sk-a$b'\r\nOPENAI_BASE_URL=${upstream.url}\r\nCHAT_MODELS="one, two"\r\n`;
  writeFileSync(path.join(folder, '.env'), file);
  const api = await start({});
  await api.stream({ message: 'hello' });
  expect(upstream.requests[0]?.authorization).toBe('Bearer sk-a$b');
  expect(upstream.requests[0]?.body.model).toBe('one');
});

test('an invalid .env is refused with the variable’s name', async () => {
  writeFileSync(path.join(folder, '.env'), 'OPENAI_API_KEY=${KEY}\n');
  const failed = await start({}).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain('.env is invalid:\n  OPENAI_API_KEY has ${…}');
  expect(failed).not.toContain('    at ');
});

test('quotes around a value are removed', async () => {
  const api = await start({
    PORT: '"0"',
    HOST: "'127.0.0.1'",
    OPENAI_API_KEY: '"sk-1"',
    OPENAI_BASE_URL: `"${upstream.url}"`,
    CHAT_MODELS: '"alpha-chat,beta-chat"',
  });
  await api.stream({ message: 'hello', model: 'beta-chat' });
  expect(upstream.requests[0]?.authorization).toBe('Bearer sk-1');
});

test('a proxy on the way out is used, and not for what is on this machine', async () => {
  const { port, pathname } = new URL(upstream.url);
  const proxy = await startOutgoingProxy(Number(port));
  writeFileSync(
    path.join(folder, '.env'),
    `HTTP_PROXY=${proxy.url}\nOPENAI_BASE_URL=http://model.field.test${pathname}\n`,
  );
  await (await start({})).stream({ message: 'hello' });
  expect(proxy.asked[0]).toContain('model.field.test');
  expect(upstream.requests).toHaveLength(1);

  await app?.stop('SIGKILL');
  proxy.asked.length = 0;
  await (await start({ OPENAI_BASE_URL: upstream.url })).stream({ message: 'hello' });
  expect(upstream.requests).toHaveLength(2);
  expect(proxy.asked).toEqual([]);
  proxy.close();
});

test('only the data folder is written to', async () => {
  const files = () =>
    Object.fromEntries(
      globSync('.next/**').map((file) => {
        const { mtimeMs, size } = statSync(file);
        return [file, `${String(mtimeMs)} ${String(size)}`];
      }),
    );
  const before = files();
  const api = await start({ OPENAI_BASE_URL: upstream.url });
  const session_id = await api.createSession();
  await api.stream({ message: 'hello', session_id });
  for (const page of ['/', `/s/${session_id}`, '/nowhere', '/icon.svg'])
    await (await fetch(`${app?.url ?? ''}${page}`)).text();
  await app?.stop();
  expect(Object.keys(before).length).toBeGreaterThan(100);
  expect(files()).toEqual(before);
});

test('a database server without TLS is reported when the URI demands it', async () => {
  const server = createServer((socket) => {
    // PostgreSQL's "no" to a client that asks for TLS.
    socket.once('data', () => socket.end('N'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const DATABASE_URI = `postgres://u@127.0.0.1:${String(port)}/db?sslmode=require`;
  const failed = await start({ DATABASE_URI, APP_SECRET: 's'.repeat(32) }).catch(String);
  server.close();
  expect(failed).toContain('ended with 1');
  expect(failed).toContain('The database cannot be opened (DATABASE_URI or DATABASE_URL):');
  expect(failed).toContain('sslmode=disable');
  expect(failed).not.toContain('Warning');
});

const CERTIFICATE = inject('postgresCertificate');

test.skipIf(CERTIFICATE === null)(
  'a database server of a private authority is checked by its certificate, or refused with a hint (needs openssl)',
  async () => {
    const postgres = await POSTGRES.empty();
    const APP_SECRET = 's'.repeat(32);
    const verify = `${postgres.uri}?sslmode=verify-full`;
    const failed = await start({ DATABASE_URI: verify, APP_SECRET }).catch(String);
    expect(failed).toContain('Add sslrootcert=/path/of/ca.pem to the address');
    const DATABASE_URI = `${verify}&sslrootcert=${CERTIFICATE ?? ''}`;
    const api = await start({ DATABASE_URI, APP_SECRET, OPENAI_BASE_URL: upstream.url });
    const session_id = await api.createSession();
    await api.stream({ message: 'hello', session_id });
    expect(await api.messages(session_id)).toHaveLength(2);
    expect(await encryptedConnections(postgres.uri)).toEqual([true]);
    await app?.stop('SIGKILL');
    await postgres.remove();
  },
);

/** Whether those of others to this database are encrypted. */
async function encryptedConnections(uri: string): Promise<boolean[]> {
  const client = new pg.Client(uri);
  await client.connect();
  const { rows } = await client.query<{ ssl: boolean }>(
    'select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
  return rows.map(({ ssl }) => ssl);
}

test.each([SQLITE, POSTGRES])('$name: a database of a newer version is logged', async (engine) => {
  const newer = await engine.empty();
  await migrate(newer.database);
  if (newer.database.dialect === 'sqlite') {
    const file = new Sqlite(newer.database.file);
    file.exec("insert into __drizzle_migrations (hash, created_at) values ('later', 9e12)");
    file.close();
  } else {
    const client = new pg.Client(newer.uri);
    await client.connect();
    await client.query(
      "insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9e12)",
    );
    await client.end();
  }
  await start({ DATABASE_URI: newer.uri, APP_SECRET: 's'.repeat(32) });
  const said = app?.logged().filter(({ event }) => event === 'store.newer_version_found');
  expect(said).toHaveLength(1);
  expect(said?.[0]?.['cause']).toMatch(/newer version/);
  await app?.stop();
  await newer.remove();
});

test('a server that others can reach does not start before ACCESS is chosen, and says so in three sentences', async () => {
  const reachable = { HOST: '0.0.0.0', OPENAI_BASE_URL: upstream.url };
  const failed = await start(reachable).catch(String);
  expect(failed).toContain('ended with 1');
  expect(failed).toContain('The configuration is invalid:\n  ACCESS must be set, because');
  expect(failed).not.toContain('    at ');
  const api = await start({ ...reachable, ACCESS: 'open' });
  expect((await api.call('GET', '/api/models')).status).toBe(200);
});

test('before ACCESS is chosen only this machine is let in, and nobody whom a proxy on it passes on', async () => {
  const api = await start({ OPENAI_BASE_URL: upstream.url });
  expect((await api.call('GET', '/api/models')).status).toBe(200);
  for (const headers of [{ 'X-Forwarded-For': '203.0.113.9' }, { Forwarded: 'for=203.0.113.9' }]) {
    const refused = await fetch(`${app?.url ?? ''}/api/models`, { headers });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ kind: 'unavailable', reason: 'access' });
  }
});

test('on Render clients are counted apart, HTTPS is detected and the server is reachable, without configuration', async () => {
  await start({ RENDER: 'true', API_RATE_LIMIT: '1/day' });
  const { url = '', lines = [] } = app ?? {};
  // Cloudflare is in front of Render's own proxy.
  const ask = (route: string, client: string) => {
    const chain = `6.6.6.6, ${client}, 104.22.17.40`;
    return fetch(url + route, {
      headers: { 'X-Forwarded-For': chain, 'X-Forwarded-Proto': 'https' },
    });
  };
  const statuses = [];
  for (const client of ['198.51.100.1', '198.51.100.1', '198.51.100.2'])
    statuses.push((await ask('/api/models', client)).status);
  expect(statuses).toEqual([200, 429, 200]);
  expect((await ask('/', '198.51.100.3')).headers.get('set-cookie')).toMatch(/^__Host-/);
  expect(lines.join('\n')).toMatch(/ready on http:\S+ \(listens on \S+: other machines too\)/);
  expect((await fetch(`http://127.0.0.1:${new URL(url).port}/health`)).status).toBe(200);
  expect(app?.logged().filter(({ level }) => level === 'warn')).toEqual([]);
});
