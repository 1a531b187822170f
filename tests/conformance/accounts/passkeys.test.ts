/** Passkeys: adding, signing in and removing, and what attackers try with them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, SQLITE } from '../../databases/engines';
import { authenticator } from '../../programs/sign-in/authenticator';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

const PASSWORD = 'a long enough password';
type Key = ReturnType<typeof authenticator>;
type Lies = Parameters<Key['get']>[1];

describe.each(bothAtLength(SQLITE))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let app: Instance;
  /** By its name: an address has no passkeys. */
  let origin: string;

  const browser = () => browserClient(origin);
  const post = (client: BrowserClient, path: string, body: object = {}) =>
    client.call('POST', path, body);
  const me = async (client: BrowserClient) => (await client.call('GET', '/api/account')).body;
  const signUp = async (name: string) => {
    const client = browser();
    expect((await post(client, '/api/auth/sign-up', { name, password: PASSWORD })).status).toBe(
      200,
    );
    return client;
  };
  const begin = async (client: BrowserClient) =>
    (await post(client, '/api/auth/passkeys/registration', { current: PASSWORD })).body;
  const add = async (client: BrowserClient, key: Key, name = 'Phone', lies: Lies = {}) => {
    const response = key.create(await begin(client), lies);
    return post(client, '/api/auth/passkeys', { name, response });
  };
  const ask = async (client: BrowserClient) =>
    (await post(client, '/api/auth/passkeys/challenge')).body;
  const send = (client: BrowserClient, response: object) =>
    post(client, '/api/auth/passkeys/sign-in', { response, next: '/s/one' });
  const enter = async (client: BrowserClient, key: Key, lies: Lies = {}) =>
    send(client, key.get(await ask(client), lies));

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      ACCESS: 'accounts',
      SIGN_UP: 'open',
      SIGN_IN_RATE_LIMIT: '1000/minute',
    });
    app = await deployment.start();
    origin = app.url.replace('127.0.0.1', 'localhost');
    await signUp('Olga');
  });
  afterAll(() => deployment.remove());

  test('a person adds several, signs in with each, and one that is removed works no more', async () => {
    const ada = await signUp('Ada');
    const [phone, desk] = [authenticator(origin), authenticator(origin)];
    expect((await add(ada, phone)).status).toBe(201);
    expect((await add(ada, desk, 'Desk')).body).toMatchObject({ name: 'Desk' });
    const client = browser();
    expect((await enter(client, desk)).body).toEqual({ next: '/s/one' });
    expect(await me(client)).toMatchObject({ name: 'Ada', ways: ['password', 'passkey'] });
    const { passkeys } = (await ada.call('GET', '/api/auth/passkeys')).body;
    expect(passkeys).toMatchObject([
      { name: 'Phone', last_used_at: null },
      { name: 'Desk', last_used_at: expect.any(String) },
    ]);
    const other = await signUp('Other');
    const place = `/api/auth/passkeys/${passkeys[0].id}`;
    expect((await other.call('DELETE', place)).status).toBe(404);
    const begun = await ask(other);
    expect((await client.call('DELETE', place)).status).toBe(204);
    expect((await send(other, phone.get(begun))).body).toMatchObject({
      code: 401,
      reason: 'passkey',
    });
    expect((await enter(browser(), desk)).status).toBe(200);
    // Known by whom they belong to, and how often they were used, on other browsers too.
    expect((await client.call('GET', '/api/auth/sign-ins')).body.sign_ins).toHaveLength(3);
  });

  test('every browser gets the same kind of challenge, which does not tell who has a passkey', async () => {
    const ada = await signUp('Asked');
    await add(ada, authenticator(origin));
    const { challenge: _one, ...mine } = await ask(ada);
    const { challenge: _other, ...others } = await ask(browser());
    expect(mine).toEqual(others);
    expect(mine).toEqual({ rpId: 'localhost', userVerification: 'required', timeout: 60_000 });
    const stranger = authenticator(origin);
    stranger.create({ challenge: '', user: { id: 'AAAA' } });
    const unknown = await enter(browser(), stranger);
    expect(unknown.body).toMatchObject({ code: 401, kind: 'unauthenticated', reason: 'passkey' });
  });

  test('a challenge is answered once, and in the browser that asked', async () => {
    const ada = await signUp('Once');
    const key = authenticator(origin);
    await add(ada, key);
    const over = { code: 401, reason: 'sign-in-over' };
    const client = browser();
    const response = key.get(await ask(client));
    expect((await send(browser(), response)).body).toMatchObject(over);
    const other = browser();
    await ask(other);
    expect((await send(other, response)).body).toMatchObject(over);
    expect((await send(client, response)).status).toBe(200);
    expect((await send(client, response)).body).toMatchObject(over);
    expect((await send(client, key.get({ challenge: 'bWFkZSB1cA' }))).body).toMatchObject(over);
    // One for signing in adds no passkey.
    const made = authenticator(origin).create(await ask(ada));
    const added = await post(ada, '/api/auth/passkeys', { name: 'Mine', response: made });
    expect(added.body).toMatchObject(over);
  });

  test('an answer for another site, another person or without a check of the person is refused', async () => {
    const ada = await signUp('Careful');
    const key = authenticator(origin);
    await add(ada, key);
    const refused = { code: 401, reason: 'passkey' };
    for (const lies of [
      { origin: 'https://evil.example' },
      { host: 'evil.example' },
      { verified: false },
      { userHandle: Buffer.from((await me(await signUp('Victim'))).id).toString('base64url') },
    ]) {
      expect((await enter(browser(), key, lies)).body).toMatchObject(refused);
      if ('userHandle' in lies) continue;
      expect((await add(ada, authenticator(origin), 'Lie', lies)).body).toMatchObject(refused);
    }
    expect((await enter(browser(), key)).status).toBe(200);
  });

  test('a count that does not grow is a copy of the key', async () => {
    const ada = await signUp('Counted');
    const key = authenticator(origin);
    await add(ada, key, 'Key', { counter: 5 });
    const statuses: number[] = [];
    for (const counter of [6, 6, 5, 0, 7])
      statuses.push((await enter(browser(), key, { counter })).status);
    expect(statuses).toEqual([200, 401, 401, 401, 200]);
    // Two answers with the same count at once.
    const [one, two] = [browser(), browser()];
    const [first, second] = [await ask(one), await ask(two)];
    const both = await Promise.all([
      send(one, key.get(first, { counter: 8 })),
      send(two, key.get(second, { counter: 8 })),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]));
  });

  test('a stolen sign-in adds none without the password, and a link for a new one takes them', async () => {
    const ada = await signUp('Robbed');
    const wrong = await post(ada, '/api/auth/passkeys/registration', { current: 'wrong' });
    expect(wrong.body).toMatchObject({ code: 401, reason: 'wrong-password' });
    expect((await post(ada, '/api/auth/passkeys/registration')).status).toBe(401);
    const key = authenticator(origin);
    await add(ada, key);
    // A challenge of one person adds nothing to another.
    const begun = await begin(ada);
    const eve = await signUp('Eve');
    for (const [name, value] of ada.jar) if (name.includes('challenge')) eve.jar.set(name, value);
    const stolen = { name: 'Eve’s', response: authenticator(origin).create(begun) };
    expect((await post(eve, '/api/auth/passkeys', stolen)).body).toMatchObject({ code: 401 });
    // One key is one person's.
    expect((await add(eve, key)).body).toMatchObject({ code: 409, reason: 'known-passkey' });

    const operator = browser();
    await post(operator, '/api/auth/sign-in', { name: 'Olga', password: PASSWORD });
    const order = { kind: 'reset', person: (await me(ada)).id };
    const { token: link } = (await post(operator, '/api/auth/links', order)).body;
    await post(browser(), '/api/auth/link', { link, password: 'another password' });
    expect((await enter(browser(), key)).body).toMatchObject({ code: 401, reason: 'passkey' });
  });

  test('another site can begin nothing', async () => {
    const client = await signUp('Crossed');
    const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    for (const path of ['challenge', 'sign-in', 'registration']) {
      const answer = await client.call('POST', `/api/auth/passkeys/${path}`, {}, headers);
      expect([path, answer.status]).toEqual([path, 403]);
    }
    const page = await client.fetch('/sign-in', { headers: { Accept: 'text/html' } });
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
  });
});
