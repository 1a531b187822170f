/** What a sign-in or a key still has open ends when it is revoked, wherever that is done. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SCOPES } from '@/lib/accounts/scopes';
import { SQLITE } from '../../databases/engines';
import { apiClient } from '../../programs/api-client';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { stallAfter } from '../../upstream/upstream';

const PASSWORD = 'a long enough password';

let deployment: Deployment;
let app: Instance;
let other: Instance;
let operator: BrowserClient;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), {
    ACCESS: 'accounts',
    SIGN_UP: 'open',
    SIGN_IN_RATE_LIMIT: '1000/minute',
  });
  [app, other] = await Promise.all([deployment.start(), deployment.start()]);
  operator = browserClient(other.url);
  await signUp(operator, 'Olga');
});
afterAll(() => deployment.remove());
beforeEach(() => {
  deployment.upstream.reset();
  deployment.upstream.behave(stallAfter('One'));
});

const signUp = (client: BrowserClient, name: string) =>
  client.call('POST', '/api/auth/sign-up', { name, password: PASSWORD });

type Asks = Pick<BrowserClient, 'fetch'>;

const messages = [{ role: 'user', content: 'Hello' }];
const post = (client: Asks, path: string, body: object) =>
  client.fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Everything that goes on for as long as the model does, or longer. */
async function begin(client: Asks) {
  const completion = { messages, model: 'gpt-4' };
  const plain = [
    post(client, '/api/chat', { message: 'Hello' }),
    post(client, '/v1/chat/completions', completion),
  ];
  const streams = await Promise.all([
    client.fetch('/api/sessions/changes'),
    post(client, '/api/chat/stream', { message: 'Hello' }),
    post(client, '/v1/chat/completions', { ...completion, stream: true }),
  ]);
  const [, chat] = streams;
  const id = chat?.headers.get('x-request-id') ?? '';
  streams.push(await client.fetch(`/api/chat/stream/${id}`));
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await expect.poll(() => deployment.upstream.requests.length).toBe(4);
  return { plain, streams };
}

/** Each is refused or broken off, and the models of all are stopped, though nothing else happens. */
async function seeEnd({ plain, streams }: Awaited<ReturnType<typeof begin>>) {
  const [chat, completion] = await Promise.all(plain);
  expect([chat?.status, completion?.status]).toEqual([401, 401]);
  expect(await completion?.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
  const [feed, ...texts] = await Promise.all(streams.map((stream) => stream.text()));
  expect(feed).toContain('"open":true');
  for (const text of texts) {
    expect(text).toContain('One');
    expect(text).not.toContain('[DONE]');
  }
  // A stream that only ended would look whole to an SDK.
  expect(texts[1]).toMatch(/data: \{"error":.*"code":"invalid_api_key".*\n\n$/);
  await Promise.all(deployment.upstream.requests.map(({ closed }) => closed));
}

test('by signing out elsewhere', async () => {
  const [here, there] = [browserClient(app.url), browserClient(other.url)];
  await signUp(here, 'Ada');
  await there.call('POST', '/api/auth/sign-in', { name: 'Ada', password: PASSWORD });
  const begun = await begin(here);
  expect((await there.call('DELETE', '/api/auth/sign-ins')).status).toBe(204);
  await seeEnd(begun);
});

test('by revoking the key, and nothing else of its person', async () => {
  const bea = browserClient(other.url);
  await signUp(bea, 'Bea');
  const make = async () =>
    (await bea.call('POST', '/api/keys', { name: 'k', scopes: SCOPES })).body as {
      id: string;
      key: string;
    };
  const [revoked, kept] = [await make(), await make()];
  const begun = await begin(apiClient(app.url, revoked.key));
  const leaving = new AbortController();
  const { signal } = leaving;
  const going = await apiClient(app.url, kept.key).fetch('/api/sessions/changes', { signal });
  expect((await bea.call('DELETE', `/api/keys/${revoked.id}`)).status).toBe(204);
  await seeEnd(begun);
  const reader = going.body!.getReader();
  expect((await reader.read()).done).toBe(false);
  leaving.abort();
});

test('by disabling the account, for its browsers and its keys, until it is enabled', async () => {
  const dora = browserClient(app.url);
  await signUp(dora, 'Dora');
  const { id } = (await dora.call('GET', '/api/account')).body as { id: string };
  const made = await dora.call('POST', '/api/keys', { name: 'k', scopes: SCOPES });
  const program = apiClient(app.url, (made.body as { key: string }).key);
  const feed = await program.fetch('/api/sessions/changes');
  const { body: session } = await dora.call('POST', '/api/sessions', { title: 'Mine' });
  const message = { message: 'Hello', session_id: (session as { id: string }).id };
  // It would outlive its client.
  const stream = await post(dora, '/api/chat/stream', message);
  await expect.poll(() => deployment.upstream.requests.length).toBe(1);
  const set = (disabled: boolean) => operator.call('PATCH', `/api/people/${id}`, { disabled });
  expect((await set(true)).body).toMatchObject({ disabled_at: expect.any(String) });
  await Promise.all([feed.text(), stream.text()]);
  await Promise.all(deployment.upstream.requests.map(({ closed }) => closed));

  const enter = (name: string) =>
    browserClient(app.url).call('POST', '/api/auth/sign-in', { name, password: PASSWORD });
  const [known, unknown] = [await enter('Dora'), await enter('Nobody')];
  expect(known).toMatchObject({ status: 401, body: { reason: 'wrong-password' } });
  const said = ({ body }: typeof known) => ({ ...body, request_id: null });
  expect(said(known)).toEqual(said(unknown));
  const answers = [
    await dora.call('GET', '/api/account'),
    await program.call('GET', '/api/sessions'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  expect((await set(false)).body).toMatchObject({ disabled_at: null });
  expect((await enter('Dora')).status).toBe(200);
  expect((await program.call('GET', '/api/sessions')).status).toBe(200);
});

test('by removing the person: the turns are stopped or gone, or the sign-in is', async () => {
  const cleo = browserClient(app.url);
  await signUp(cleo, 'Cleo');
  const { id } = (await cleo.call('GET', '/api/account')).body as { id: string };
  const { plain, streams } = await begin(cleo);
  expect((await operator.call('DELETE', `/api/people/${id}`)).status).toBe(204);
  const [chat, completion] = await Promise.all(plain);
  // On the other instance the rows of the turns may be deleted before it finds them stopped.
  const said = { 200: 'stopped', 401: 'unauthenticated', 500: 'interrupted' };
  const { kind = 'stopped' } = (await chat!.json()) as { kind?: string };
  expect(kind).toBe(said[chat!.status as keyof typeof said]);
  expect([200, 401, 502]).toContain(completion?.status);
  await Promise.all(streams.map((stream) => stream.text()));
  await Promise.all(deployment.upstream.requests.map(({ closed }) => closed));
});
