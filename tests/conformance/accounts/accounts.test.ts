/** People with accounts: making one, signing in and out, links, and leaving. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

const PASSWORD = 'a long enough password';

describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let app: Instance;
  let other: Instance;
  let operator: BrowserClient;

  const browser = (instance = app) => browserClient(instance.url);
  const signUp = (client: BrowserClient, name: string, link?: string) =>
    client.call('POST', '/api/auth/sign-up', { name, password: PASSWORD, link });
  const signIn = (client: BrowserClient, name: string, password = PASSWORD) =>
    client.call('POST', '/api/auth/sign-in', { name, password });
  const link = async (body: object, client = operator): Promise<string> =>
    (await client.call('POST', '/api/auth/links', body)).body.token;
  /** A new member, signed in. */
  const member = async (name: string, instance = app) => {
    const client = browser(instance);
    const joined = await signUp(client, name, await link({ kind: 'invitation' }));
    expect(joined.status).toBe(200);
    return client;
  };
  /** The same cookies on an instance at another port, which is in their names. */
  const copyOn = (instance: Instance, client: BrowserClient) =>
    browserClient(
      instance.url,
      new Map(
        Array.from(client.jar, ([name, value]) => [
          name.replace(/\d+$/, new URL(instance.url).port),
          value,
        ]),
      ),
    );
  const me = async (client: BrowserClient) => (await client.call('GET', '/api/account')).body;
  const isIn = async (client: BrowserClient) =>
    (await client.call('GET', '/api/sessions')).status === 200;

  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      ACCESS: 'accounts',
      SIGN_IN_RATE_LIMIT: '1000/minute',
    });
    [app, other] = await Promise.all([deployment.start(), deployment.start()]);
  });
  afterAll(() => deployment.remove());

  test('of two people who make the first account at once one becomes the operator, on any instance', async () => {
    const [one, two] = [browser(app), browser(other)];
    const made = await Promise.all([signUp(one, 'Olga'), signUp(two, 'Oskar')]);
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200, 403]));
    operator = made[0]?.status === 200 ? one : two;
    expect(await me(operator)).toMatchObject({ role: 'operator' });
    expect((await signUp(browser(), 'Late')).body).toMatchObject({
      code: 403,
      reason: 'sign-up-closed',
    });
  });

  test('without a sign-in pages lead to it and come back, and the API answers 401', async () => {
    const client = browser();
    const page = await client.fetch('/s/some-session?q=1', { headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('location')]).toEqual([
      307,
      `/sign-in?next=${encodeURIComponent('/s/some-session?q=1')}`,
    ]);
    const refused = await client.call('GET', '/api/sessions');
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual({
      error: 'Sign in, or use an API key.',
      code: 401,
      kind: 'unauthenticated',
      reason: 'sign-in',
      request_id: refused.headers.get('x-request-id'),
    });
    const forged = copyOn(app, operator);
    expect(await isIn(forged)).toBe(true);
    for (const name of forged.jar.keys()) forged.jar.set(name, 'A'.repeat(43));
    expect(await isIn(forged)).toBe(false);
    expect((await client.fetch('/health')).status).toBe(200);
    expect((await app.api.call('GET', '/api/sessions')).status).toBe(200);
  });

  test('an invitation makes one account, and a name has one account', async () => {
    const token = await link({ kind: 'invitation' });
    const [one, two] = await Promise.all([
      signUp(browser(app), 'Ina', token),
      signUp(browser(other), 'Ivo', token),
    ]);
    expect(new Set([one.status, two.status])).toEqual(new Set([200, 404]));
    const again = await link({ kind: 'invitation' });
    const taken = await signUp(browser(), '  OLGA ', again);
    const free = await signUp(browser(), 'Oskar2', again);
    const isOlga = (await me(operator)).name === 'Olga';
    expect([taken.status, free.status]).toEqual(isOlga ? [409, 200] : [200, 404]);
  });

  test('a wrong password and an unknown name get the same answer, and the right one a new token', async () => {
    const first = await member('Ada@example.com');
    const bodies = await Promise.all(
      ['ada@example.com', 'nobody@example.com'].map(async (name) => {
        const { status, body } = await signIn(browser(), name, 'a wrong password');
        return { ...body, status, request_id: '' };
      }),
    );
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]).toMatchObject({ status: 401, reason: 'wrong-password' });

    // A cookie that an attacker planted is not signed in by its victim's sign-in.
    const before = new Map(first.jar);
    const second = browserClient(app.url, first.jar);
    expect((await signIn(second, 'ADA@example.com')).body).toEqual({ next: '/' });
    expect(second.jar).not.toEqual(before);
    expect(await isIn(second)).toBe(true);
    expect(await isIn(browserClient(app.url, before))).toBe(false);
  });

  test('a form signs in without a script, and goes to no other site', async () => {
    const { name } = await me(operator);
    const send = (fields: Record<string, string>, client = browser()) =>
      client.fetch('/api/auth/sign-in', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ name, ...fields }).toString(),
      });
    const client = browser();
    const evil = await send({ password: PASSWORD, next: '//evil.example' }, client);
    expect([evil.status, evil.headers.get('location')]).toEqual([303, '/']);
    expect(await isIn(client)).toBe(true);
    const wrong = await send({ password: 'a wrong password', next: '/s/one' });
    expect([wrong.status, wrong.headers.get('location')]).toEqual([
      303,
      '/sign-in?problem=unauthenticated.wrong-password&next=%2Fs%2Fone',
    ]);
  });

  test('another site can neither sign in a browser nor sign it out', async () => {
    const client = await member('Carl');
    const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    for (const path of ['/api/auth/sign-in', '/api/auth/sign-out']) {
      const body = { name: 'Carl', password: PASSWORD };
      expect((await client.call('POST', path, body, headers)).status).toBe(403);
    }
    expect(await isIn(client)).toBe(true);
  });

  test('a person sees the same sessions in two browsers, and another person none of them', async () => {
    const phone = await member('Dora');
    const desktop = browser(other);
    await signIn(desktop, 'Dora');
    const { id } = (await phone.call('POST', '/api/sessions', { title: 'Mine' })).body;
    expect((await desktop.call('GET', `/api/sessions/${id}`)).body).toMatchObject({
      title: 'Mine',
    });
    for (const client of [operator, await member('Emil')])
      expect((await client.call('GET', `/api/sessions/${id}`)).status).toBe(404);
  });

  test('sign-ins are listed and revoked one by one, at once and on every instance', async () => {
    const here = await member('Finn');
    const there = browser(other);
    const third = browser(other);
    await signIn(there, 'Finn');
    await signIn(third, 'Finn');
    const { sign_ins: rows } = (await there.call('GET', '/api/auth/sign-ins')).body;
    expect(rows).toHaveLength(3);
    expect(rows.filter((row: { current: boolean }) => row.current)).toHaveLength(1);
    expect(rows[0]).toMatchObject({ device: 'Firefox on Linux' });
    const own = (await here.call('GET', '/api/auth/sign-ins')).body.sign_ins.find(
      (row: { current: boolean }) => row.current,
    );
    expect((await operator.call('DELETE', `/api/auth/sign-ins/${own.id}`)).status).toBe(404);
    expect((await there.call('DELETE', `/api/auth/sign-ins/${own.id}`)).status).toBe(204);
    expect([await isIn(here), await isIn(there), await isIn(third)]).toEqual([false, true, true]);
    expect((await there.call('DELETE', '/api/auth/sign-ins')).status).toBe(204);
    expect([await isIn(there), await isIn(third)]).toEqual([true, false]);
    // A feed that is open then ends, on whatever instance.
    const copy = copyOn(app, there);
    expect(await isIn(copy)).toBe(true);
    const feed = await copy.fetch('/api/sessions/changes');
    expect((await there.call('POST', '/api/auth/sign-out')).status).toBe(204);
    expect(await isIn(copy)).toBe(false);
    expect(await feed.text()).toContain('"open":true');
  });

  test('a link of the operator sets a new password once, and signs out everywhere', async () => {
    const old = await member('Gita');
    const { id } = await me(old);
    const token = await link({ kind: 'reset', person: id });
    const input = { link: token, password: 'another password' };
    const fresh = browser(other);
    expect((await fresh.call('POST', '/api/auth/link', { link: token })).status).toBe(400);
    expect((await fresh.call('POST', '/api/auth/link', input)).status).toBe(200);
    expect([await isIn(fresh), await isIn(old)]).toEqual([true, false]);
    expect((await browser().call('POST', '/api/auth/link', input)).status).toBe(404);
    expect((await signIn(browser(), 'Gita')).status).toBe(401);
    expect((await signIn(browser(), 'Gita', 'another password')).status).toBe(200);
  });

  test('a person signs in on another device by a link, and changes the password', async () => {
    const client = await member('Hugo');
    const phone = browser(other);
    // One that was made in a browser that is then revoked does not let it in again.
    const stale = await link({ kind: 'device' }, client);
    await client.call('DELETE', '/api/auth/sign-ins');
    expect((await browser().call('POST', '/api/auth/link', { link: stale })).status).toBe(404);
    const token = await link({ kind: 'device' }, client);
    expect((await signUp(browser(), 'Imposter', token)).status).toBe(404);
    expect((await phone.call('POST', '/api/auth/link', { link: token })).status).toBe(200);
    expect((await me(phone)).name).toBe('Hugo');
    const change = { current: 'a wrong one', password: 'another password' };
    expect((await client.call('PUT', '/api/auth/password', change)).status).toBe(401);
    change.current = PASSWORD;
    expect((await client.call('PUT', '/api/auth/password', change)).status).toBe(204);
    expect([await isIn(client), await isIn(phone)]).toEqual([true, false]);
  });

  test('a member can neither invite, nor list, promote, reset or remove people', async () => {
    const client = await member('Jana');
    const { id } = await me(operator);
    const calls = [
      ['GET', '/api/people'],
      ['GET', '/api/auth/links'],
      ['POST', '/api/auth/links', { kind: 'invitation' }],
      ['POST', '/api/auth/links', { kind: 'reset', person: id }],
      ['PATCH', `/api/people/${(await me(client)).id}`, { role: 'operator' }],
      ['PATCH', `/api/people/${id}`, { disabled: true }],
      ['DELETE', `/api/people/${id}`],
      ['DELETE', '/api/auth/links/some'],
    ] as const;
    for (const [method, path, body] of calls)
      expect([path, (await client.call(method, path, body)).status]).toEqual([path, 403]);
    for (const [method, path, body] of calls)
      expect([path, (await app.api.call(method, path, body)).status]).toEqual([path, 401]);
  });

  test('the last operator stays; with another one everybody may go', async () => {
    const { id } = await me(operator);
    const demote = () => operator.call('PATCH', `/api/people/${id}`, { role: 'member' });
    expect((await demote()).body).toMatchObject({ code: 409, reason: 'last-operator' });
    const gone = await operator.call('DELETE', '/api/account?everything=true');
    expect(gone.body).toMatchObject({ code: 409, reason: 'last-operator' });
    const second = await member('Karl');
    const { id: karl } = await me(second);
    await operator.call('PATCH', `/api/people/${karl}`, { role: 'operator' });
    // Both at once: one of them must stay.
    const both = await Promise.all([
      operator.call('PATCH', `/api/people/${karl}`, { role: 'member' }),
      second.call('PATCH', `/api/people/${id}`, { role: 'member' }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    if ((await me(operator)).role === 'member') operator = second;
  });

  test('who leaves is gone with everything, at once and for good', async () => {
    const client = await member('Lena');
    const phone = browser(other);
    await signIn(phone, 'Lena');
    const { id } = (await client.call('POST', '/api/sessions', { title: 'Mine' })).body;
    expect((await client.call('DELETE', '/api/account')).status).toBe(400);
    const exported = await client.fetch('/api/export');
    expect(await exported.text()).toContain('Mine');
    expect((await client.call('DELETE', '/api/account?everything=true')).status).toBe(204);
    expect([await isIn(client), await isIn(phone)]).toEqual([false, false]);
    expect((await signIn(browser(), 'Lena')).status).toBe(401);
    const again = await member('Lena');
    expect((await again.call('GET', `/api/sessions/${id}`)).status).toBe(404);
    expect((await again.call('GET', '/api/sessions?list=deleted')).body).toEqual([]);
  });
});
