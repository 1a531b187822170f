/** Where the middleware is a process of its own, as on Vercel: without the app's instrumentation, with its traced files. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POSTGRES } from '../../databases/engines';
import { API_KEYS, apiClient } from '../../programs/api-client';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

const SERVER = '.next/server';
const APP_SECRET = 'a secret that is only used by these tests';

let deployment: Deployment;
let app: Instance;
let ada: BrowserClient;
let folder: string;
let lone: { readonly url: string; readonly child: ChildProcess };

beforeAll(async () => {
  const place = await POSTGRES.empty();
  deployment = await openDeployment(place, { ACCESS: 'accounts' });
  app = await deployment.start();
  ada = browserClient(app.url);
  const account = { name: 'Ada', password: 'a long enough password' };
  expect((await ada.call('POST', '/api/auth/sign-up', account)).status).toBe(200);
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-lone-'));
  mkdirSync(path.join(folder, SERVER), { recursive: true });
  for (const file of ['middleware.js', ...traced().filter((each) => each.startsWith('chunks/'))])
    cpSync(path.join(SERVER, file), path.join(folder, SERVER, file));
  for (const packages of ['node_modules', '.next/node_modules'])
    symlinkSync(path.resolve(packages), path.join(folder, packages));
  lone = await start({
    DATABASE_URI: place.uri,
    APP_SECRET,
    API_KEYS,
    ACCESS: 'accounts',
    OPENAI_BASE_URL: deployment.upstream.url,
    VERCEL: '1',
  });
});
afterAll(async () => {
  lone.child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
  await deployment.remove();
});

const traced = () =>
  (JSON.parse(readFileSync(`${SERVER}/middleware.js.nft.json`, 'utf8')) as { files: string[] })
    .files;

function start(configuration: Record<string, string>): Promise<typeof lone> {
  const { PATH, HOME } = process.env;
  const script = path.resolve('tests/conformance/edge/lone-middleware.mjs');
  // What Next sets up in each of its processes.
  const prepared = ['--require', 'next/dist/server/node-environment', script];
  const child = spawn(process.execPath, prepared, {
    cwd: folder,
    env: { PATH, HOME, NODE_ENV: 'production', ...configuration },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = /ready on (http:\S+)/.exec(line) ?? [];
      if (url) resolve({ url, child });
    });
    child.on('exit', (code) => {
      reject(new Error(`It ended with ${String(code)}`));
    });
  });
}

/** Whom the handlers are told; null for a refusal. */
const callerIn = ({ headers }: Response): unknown => {
  const [, signed] = (headers.get('x-middleware-request-x-ask-caller') ?? '').split('.');
  return signed ? JSON.parse(Buffer.from(signed, 'base64url').toString()) : null;
};

test('its files have the driver of the database', () => {
  expect(traced().filter((file) => file.includes('/node_modules/pg/')).length).toBeGreaterThan(5);
});

test('a stored key is known there until it is revoked', async () => {
  const made = await ada.call('POST', '/api/keys', { name: 'k', scopes: ['chat'] });
  const { id, key } = made.body as { id: string; key: string };
  const there = apiClient(lone.url, key);
  expect(callerIn(await there.fetch('/api/models'))).toMatchObject({
    known: true,
    principal: { kind: 'key', keyId: id, scopes: ['chat'] },
  });
  expect((await ada.call('DELETE', `/api/keys/${id}`)).status).toBe(204);
  expect((await there.fetch('/api/models')).status).toBe(401);
});

test('a sign-in is known there until it is signed out', async () => {
  const [cookie = '', token = ''] = [...ada.jar].find(([name]) => name.includes('sign_in')) ?? [];
  const there = browserClient(
    lone.url,
    new Map([[cookie.replace(/\d+$/, new URL(lone.url).port), token]]),
  );
  expect(callerIn(await there.fetch('/api/sessions'))).toMatchObject({
    known: true,
    principal: { kind: 'user', role: 'operator' },
  });
  expect((await ada.call('POST', '/api/auth/sign-out')).status).toBe(204);
  expect((await there.fetch('/api/sessions')).status).toBe(401);
});
