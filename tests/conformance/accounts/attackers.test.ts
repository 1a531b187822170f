/**
 * What an attacker gets from every call that the program's own document has: without an account, with one, and with
 * another person's key. A new call is tried without an edit here.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCOPES } from '@/lib/accounts/scopes';
import { ROUTE_SCOPES } from '@/lib/http/keys/route-scopes';
import { SQLITE } from '../../databases/engines';
import { apiClient, type ApiAnswer } from '../../programs/api-client';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import type { Told } from '../programs/complaints';
import { valuesOf } from '../programs/requests-of';

const PASSWORD = 'a long enough password';
const PAGES = [
  '/',
  '/s/some',
  '/deleted',
  '/archived',
  '/temporary',
  '/account',
  '/people',
  '/docs',
];
/** They need a password, a link, a provider or a passkey instead; provider.test.ts and passkeys.test.ts attack the last. */
const ENTRANCES = [
  'POST sign-up',
  'POST sign-in',
  'POST link',
  'GET oidc',
  'POST oidc',
  'GET oidc/callback',
  'POST passkeys/challenge',
  'POST passkeys/sign-in',
].map((call) => call.replace(' ', ' /api/auth/'));

interface Call {
  /** As in `GET /api/sessions/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly address: string;
  /** One that the schema allows. */
  readonly body: unknown;
}
type Asks = Pick<BrowserClient, 'call'>;

let deployment: Deployment;
let app: Instance;
let victim: BrowserClient;
let mallory: BrowserClient;
let calls: Call[];

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), {
    ACCESS: 'accounts',
    SIGN_UP: 'open',
    SIGN_IN_RATE_LIMIT: '1000/minute',
  });
  app = await deployment.start();
  victim = await joined('Victoria');
  mallory = await joined('Mallory');
  const { body } = await app.api.call('GET', '/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, Told>> };
  calls = Object.entries(paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      name: `${method.toUpperCase()} ${address}`,
      method: method.toUpperCase(),
      address,
      body: bodyOf(told),
    })),
  );
});
afterAll(() => deployment.remove());

async function joined(name: string): Promise<BrowserClient> {
  const client = browserClient(app.url);
  const made = await client.call('POST', '/api/auth/sign-up', { name, password: PASSWORD });
  expect(made.status).toBe(200);
  return client;
}

function bodyOf({ requestBody }: Told): unknown {
  if (!requestBody) return undefined;
  const schema = requestBody.content['application/json']?.schema;
  return schema ? fc.sample(valuesOf(schema), { seed: 7, numRuns: 1 })[0] : {};
}

const makeKey = async (client: BrowserClient, expires_at: string | null = null) =>
  (await client.call('POST', '/api/keys', { name: 'k', scopes: SCOPES, expires_at })).body as {
    id: string;
    key: string;
  };

const ask = (client: Asks, { method, address, body }: Call, ids: readonly string[] = []) => {
  let n = 0;
  const path = address.replaceAll(/\{\w+\}/g, () => ids[n++] ?? ids[0] ?? 'some');
  return client.call(method, path, body);
};

/** Without what differs between two answers to one question. */
const plain = ({ status, text }: ApiAnswer) => ({
  status,
  text: text.replaceAll(/"request_id":"[^"]*"/g, ''),
});

test('the document has the calls', () => {
  expect(calls.length).toBeGreaterThan(55);
  expect(calls.map(({ name }) => name)).toEqual(expect.arrayContaining(ENTRANCES));
});

test('a missing, forged, expired or revoked sign-in or key, or one of a disabled account, is refused on every route', async () => {
  const gone = await joined('Gone');
  const [revoked, expired] = [await makeKey(gone), await makeKey(gone, inAMoment())];
  expect((await gone.call('DELETE', `/api/keys/${revoked.id}`)).status).toBe(204);
  const expiring = apiClient(app.url, expired.key);
  await expect.poll(async () => (await expiring.call('GET', '/api/sessions')).status).toBe(401);
  const signedOut = browserClient(app.url, new Map(gone.jar));
  expect((await gone.call('POST', '/api/auth/sign-out')).status).toBe(204);
  const [cookie = ''] = signedOut.jar.keys();
  const forged = browserClient(app.url, new Map([[cookie, 'A'.repeat(43)]]));
  const visitor = browserClient(
    app.url,
    new Map([[cookie.replace('sign_in', 'owner'), randomUUID()]]),
  );
  const off = await joined('Off');
  const { key: disabled } = await makeKey(off);
  const { id } = (await off.call('GET', '/api/account')).body as { id: string };
  await victim.call('PATCH', `/api/people/${id}`, { disabled: true });
  const browsers = { none: browserClient(app.url), signedOut, forged, visitor, off };
  const unknown = `ask_${'x'.repeat(43)}`;
  const keys = { revoked: revoked.key, expired: expired.key, unknown, disabled };
  const attackers: Record<string, Asks & Pick<BrowserClient, 'fetch'>> = {
    ...browsers,
    ...Object.fromEntries(
      Object.entries(keys).map(([name, key]) => [name, apiClient(app.url, key)]),
    ),
  };
  for (const [name, attacker] of Object.entries(attackers)) {
    const tried = calls.filter(
      (call) =>
        !call.address.startsWith('/health') && (name in keys || !ENTRANCES.includes(call.name)),
    );
    const answers = await Promise.all(
      tried.map(async (call) => [call.name, (await ask(attacker, call)).status]),
    );
    expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
    for (const page of PAGES) {
      const { status, headers } = await attacker.fetch(page, { headers: { Accept: 'text/html' } });
      const to = headers.get('location');
      expect([name, page, to ?? status]).toEqual([
        name,
        page,
        name in keys ? 401 : `/sign-in${page === '/' ? '' : `?next=${encodeURIComponent(page)}`}`,
      ]);
    }
  }
});

const inAMoment = () => new Date(Date.now() + 1000).toISOString();

test('with an account, what is another person’s is as unknown as what never was, and stays as it is', async () => {
  const its = await idsOf(victim);
  const before = await seenBy(victim);
  const named = calls.filter(({ address }) => address.includes('{'));
  const found: unknown[] = [];
  for (const call of named) {
    const missing = plain(await ask(mallory, call, [randomUUID(), randomUUID()]));
    const foreign = await Promise.all(its.map(async (ids) => plain(await ask(mallory, call, ids))));
    for (const [n, answer] of foreign.entries()) {
      if (answer.status < 400) found.push([call.name, its[n]]);
      expect(answer, call.name).toEqual(missing);
    }
  }
  expect(found).toEqual([]);
  expect(await seenBy(victim)).toEqual(before);
});

/** What exists of a person, of each kind, and messages together with their session. */
async function idsOf(client: BrowserClient): Promise<string[][]> {
  const { id: session } = (await client.call('POST', '/api/sessions', { title: 'Mine' })).body;
  const sent = await client.call('POST', '/api/chat', { message: 'Hi', session_id: session });
  const { messages } = (await client.call('GET', `/api/sessions/${session}`)).body;
  const { id: trashed } = (await client.call('POST', '/api/sessions', { title: 'Gone' })).body;
  await client.call('DELETE', `/api/sessions/${trashed}`);
  const key = await makeKey(client);
  const { sign_ins } = (await client.call('GET', '/api/auth/sign-ins')).body;
  const link = (await client.call('POST', '/api/auth/links', { kind: 'device' })).body;
  const { id: person } = (await client.call('GET', '/api/account')).body;
  const reply = messages[1].id as string;
  const one = [trashed, sent.body.request_id, key.id, sign_ins[0].id, link.id, person, reply];
  const ids: unknown[][] = [[session, reply], ...one.map((id: unknown) => [id])];
  expect(ids.flat().every((id) => typeof id === 'string' && id !== '')).toBe(true);
  return ids as string[][];
}

async function seenBy(client: BrowserClient) {
  const paths = [
    '/api/sessions',
    '/api/sessions?list=deleted',
    '/api/keys',
    '/api/people',
    '/api/auth/links',
  ];
  const answers = await Promise.all(paths.map((path) => client.call('GET', path)));
  const { sign_ins } = (await client.call('GET', '/api/auth/sign-ins')).body;
  const { text } = await client.call('GET', '/api/export');
  return [...answers.map(({ body }) => body as unknown), sign_ins.length, text.length];
}

test('a key of an operator with every scope gives no power over accounts', async () => {
  const { id: keyId, key } = await makeKey(victim);
  const stolen = apiClient(app.url, key);
  expect((await stolen.call('GET', '/api/sessions')).status).toBe(200);
  // Its use is noted in the background.
  await expect
    .poll(async () => (await victim.call('GET', '/api/keys')).body as object[])
    .toContainEqual(expect.objectContaining({ id: keyId, last_used_at: expect.any(String) }));
  const before = await seenBy(victim);
  const ofAccounts = calls.filter(
    ({ name, address }) =>
      ROUTE_SCOPES[name.replaceAll(/\{(\w+)\}/g, ':$1')] === null &&
      address.startsWith('/api/') &&
      !ENTRANCES.includes(name),
  );
  expect(ofAccounts.length).toBeGreaterThan(12);
  const { id } = (await mallory.call('GET', '/api/account')).body as { id: string };
  for (const call of ofAccounts) {
    const everything = call.name === 'DELETE /api/account' ? '?everything=true' : '';
    const address = call.address + everything;
    const { status } = await ask(stolen, { ...call, address }, [id]);
    const refused = /\/(settings|doctor)$/.test(call.name) ? 403 : 401;
    expect([call.name, status]).toEqual([
      call.name,
      call.name.endsWith('/sign-out') ? 204 : refused,
    ]);
  }
  expect(await seenBy(victim)).toEqual(before);
});
