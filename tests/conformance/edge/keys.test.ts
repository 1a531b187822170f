import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES, type Scope } from '@/lib/accounts/scopes';
import { ROUTE_SCOPES } from '@/lib/http/keys/route-scopes';
import { bothAtLength, POSTGRES, SQLITE } from '../../databases/engines';
import { apiClient, type ApiClient } from '../../programs/api-client';
import { browserClient } from '../../programs/browser-client';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { spokenBy } from '../../upstream/upstream';

const person = (name: string) => ({ 'Remote-User': name, 'Sec-Fetch-Site': 'same-origin' });

/** The status of each page for whom may see it. */
const PAGES = { '/': 200, '/s': 200, '/s/1': 404, '/deleted': 200, '/temporary': 200 };

/** Keys of people, on two processes with one database. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let here: Instance;
  let elsewhere: Instance;
  let ada: ApiClient;

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      ACCESS: 'proxy',
      PROXY_USER_FROM: 'loopback',
    });
    [here, elsewhere] = await Promise.all([deployment.start(), deployment.start()]);
    ada = apiClient(here.url, person('ada'));
  });
  afterAll(() => deployment.remove());

  const make = async (scopes: readonly Scope[], more: object = {}, by = ada) => {
    const made = await by.call('POST', '/api/keys', { name: 'ci', scopes, ...more });
    expect(made.status).toBe(201);
    const { id, key } = made.body as { id: string; key: string };
    return { id, key, api: apiClient(here.url, key), elsewhere: apiClient(elsewhere.url, key) };
  };

  test('a turn by a program shows in the page of its person while it runs', async () => {
    const program = await make(['chat', 'sessions:write']);
    const session_id = await program.api.createSession('By a program');
    const spoken = spokenBy(deployment.upstream);
    const sent = await readSend(program.api, { message: 'hello', session_id });
    await expect.poll(() => deployment.upstream.requests.length).toBe(1);
    spoken.say('Once');
    await sent.seen('Once');
    const page = (await ada.call('GET', `/api/page?session_id=${session_id}`)).body;
    expect(page.session).toMatchObject({ title: 'By a program', running: [expect.any(String)] });
    spoken.finish();
    await sent.ended;
    const watched = await ada.watch(page.session.running[0] as string);
    expect(watched.text).toBe('Once');
    const eve = apiClient(here.url, person('eve'));
    expect((await eve.call('GET', `/api/sessions/${session_id}`)).status).toBe(404);
  });

  test('a key is shown once, listed without its secret, and noted when it is used', async () => {
    const { id, key, api } = await make(['sessions:read'], { name: 'shown once' });
    const listed = async () => {
      const { body, text } = await ada.call('GET', '/api/keys');
      expect(text).not.toContain(key.slice(4));
      return (body as { id: string }[]).find((each) => each.id === id);
    };
    expect(await listed()).toMatchObject({
      name: 'shown once',
      scopes: ['sessions:read'],
      expires_at: null,
      last_used_at: null,
    });
    expect((await api.call('GET', '/api/sessions')).status).toBe(200);
    await expect
      .poll(listed)
      .toMatchObject({ last_used_at: expect.stringMatching(/^\d{4}-.*\+00:00$/) });
    const lines = here.lines.join('\n');
    expect(lines).toContain(`"key_id":"${id}"`);
    expect(lines).not.toContain(key.slice(4));
  });

  test('a revoked key is refused at once, on every instance', async () => {
    const { id, api, elsewhere: other } = await make(['sessions:read']);
    for (const by of [api, other]) expect((await by.call('GET', '/api/sessions')).status).toBe(200);
    expect((await ada.call('DELETE', `/api/keys/${id}`)).status).toBe(204);
    for (const by of [api, other]) expect((await by.call('GET', '/api/sessions')).status).toBe(401);
    expect((await ada.call('DELETE', `/api/keys/${id}`)).status).toBe(404);
  });

  test('an unknown and a revoked key get the same answer', async () => {
    const revoked = await make(['sessions:read']);
    await ada.call('DELETE', `/api/keys/${revoked.id}`);
    const keys = [revoked.key, `ask_${'x'.repeat(43)}`, 'ask_', 'unknown'];
    const answers = keys.map(async (key) => {
      const { status, body } = await apiClient(here.url, key).call('GET', '/api/sessions');
      const { request_id: _id, ...rest } = body as Record<string, unknown>;
      return { status, ...rest };
    });
    const [first, ...others] = await Promise.all(answers);
    expect(first).toMatchObject({ status: 401, kind: 'unauthenticated', reason: 'unknown-key' });
    for (const answer of others) expect(answer).toEqual(first);
  });

  test('a key makes no key with more scopes or a later end, and its keys go with it', async () => {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    const { id, api } = await make(['admin', 'chat'], { expires_at });
    const asked = (scopes: Scope[], end: string | null) =>
      api.call('POST', '/api/keys', { name: 'child', scopes, expires_at: end });
    expect((await asked(['chat', 'sessions:read'], expires_at)).body).toMatchObject({
      code: 403,
      scope: 'sessions:read',
    });
    expect((await asked(['chat'], null)).status).toBe(400);
    const child = await make(['admin'], { expires_at }, api);
    expect((await child.api.call('GET', '/api/keys')).status).toBe(200);
    await ada.call('DELETE', `/api/keys/${id}`);
    expect((await child.api.call('GET', '/api/keys')).status).toBe(401);
  });

  test('of another person’s keys nobody learns or changes anything', async () => {
    const { id, api } = await make(['sessions:read']);
    const eve = apiClient(here.url, person('eve'));
    expect((await eve.call('GET', '/api/keys')).body).toEqual([]);
    const foreign = await eve.call('DELETE', `/api/keys/${id}`);
    const random = await eve.call('DELETE', `/api/keys/${randomUUID()}`);
    expect([foreign.status, foreign.body.error]).toEqual([404, random.body.error]);
    expect((await api.call('GET', '/api/sessions')).status).toBe(200);
  });

  test.each(SCOPES)(
    'a stolen key with %s gets what the scope says, on every route',
    async (scope) => {
      // Otherwise the check of the connection waits a minute for what an earlier test left unsaid.
      deployment.upstream.reset();
      const { api } = await make([scope]);
      const answered: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const [call, needed] of Object.entries(ROUTE_SCOPES)) {
        const [method = '', pattern = ''] = call.split(' ');
        const path = pattern.replaceAll(/:\w+/g, randomUUID()).replace('*', 'none');
        const leaving = new AbortController();
        const response = await api.fetch(path, { method, signal: leaving.signal });
        // Others may be streams without an end.
        const refusal = response.status === 403 ? sentenceIn(await response.json()) : null;
        leaving.abort();
        answered[call] = refusal;
        const sentence = `The API key lacks the scope ${String(needed)}. Make a key that has it.`;
        const own = FOR_OPERATORS.includes(call) ? ONLY_OPERATORS : null;
        expected[call] = needed === null || needed === scope ? own : sentence;
      }
      expect(answered).toEqual(expected);
      for (const [page, shown] of Object.entries(PAGES)) {
        const { status } = await api.fetch(page, { headers: { Accept: 'text/html' } });
        expect([page, status]).toEqual([page, scope === 'sessions:read' ? shown : 403]);
      }
    },
  );
});

/** No scope gives an operator's power. */
const FOR_OPERATORS = ['GET /api/settings', 'PATCH /api/settings', 'POST /api/doctor'];
const ONLY_OPERATORS = 'Only an operator of this server may do this.';

/** Of an error in our shape, or in OpenAI's. */
const sentenceIn = ({ error }: { error: string | { message: string } }): string =>
  typeof error === 'string' ? error : error.message;

test('visitors and keys of API_KEYS have no keys of their own', async () => {
  const deployment = await openDeployment(await SQLITE.empty());
  const { url, api } = await deployment.start();
  const body = { name: 'ci', scopes: ['chat'] };
  const visitor = await apiClient(url, {}).call('POST', '/api/keys', body);
  expect(visitor.body).toMatchObject({ code: 403, reason: 'account-needed' });
  expect((await api.call('POST', '/api/keys', body)).body).toMatchObject({ scope: 'admin' });
  await deployment.remove();
});

test('the operator makes and revokes a key from the command line, while the server runs', async () => {
  const place = await SQLITE.empty();
  const deployment = await openDeployment(place, { ACCESS: 'accounts' });
  const { url } = await deployment.start();
  const grace = browserClient(url);
  const account = { name: 'Grace', password: 'a long enough password' };
  expect((await grace.call('POST', '/api/auth/sign-up', account)).status).toBe(200);
  const run = async (...args: string[]) => {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, DATABASE_URI: place.uri } as unknown as NodeJS.ProcessEnv;
    const script = ['scripts/ask-next.mjs', 'key', ...args];
    return (await promisify(execFile)(process.execPath, script, { env })).stdout.trim();
  };
  const api = apiClient(url, await run('create', 'grace', 'script', 'sessions:read'));
  expect((await api.call('GET', '/api/sessions')).status).toBe(200);
  const [key] = (await grace.call('GET', '/api/keys')).body;
  expect(key).toMatchObject({ name: 'script', scopes: ['sessions:read'] });
  const { id } = (await grace.call('GET', '/api/account')).body;
  await run('revoke', `user:${String(id)}`, key.id);
  expect((await api.call('GET', '/api/sessions')).status).toBe(401);
  await deployment.remove();
});
