/** Signing in at a real provider of OpenID Connect, and what attackers try on the way. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { freePort } from '../../programs/free-port';
import { startOpenIdProvider, type OpenIdProvider } from '../../programs/sign-in/openid-provider';

const PASSWORD = 'a long enough password';

describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let provider: OpenIdProvider;
  let deployment: Deployment;
  let app: Instance;
  let operator: BrowserClient;

  const browser = () => browserClient(app.url);
  const me = async (client: BrowserClient) => (await client.call('GET', '/api/account')).body;
  const isIn = async (client: BrowserClient) =>
    (await client.call('GET', '/api/sessions')).status === 200;
  /** Where this browser is sent, at the provider. */
  const begin = async (client: BrowserClient, body: object = {}) =>
    (await client.call('POST', '/api/auth/oidc', body)).body.next as string;
  /** Where the provider sends the browser back to. */
  const answerFor = async (client: BrowserClient, body: object = {}) => {
    const back = await provider.signIn(await begin(client, body));
    return back.pathname + back.search;
  };
  /** Where the app sends it then. */
  const follow = async (client: BrowserClient, answer: string) =>
    (await client.fetch(answer)).headers.get('location');
  const enter = async (client: BrowserClient, body: object = {}) =>
    follow(client, await answerFor(client, body));
  const invitation = async () =>
    (await operator.call('POST', '/api/auth/links', { kind: 'invitation' })).body.token as string;
  const withPassword = async (name: string) => {
    const client = browser();
    const input = { name, password: PASSWORD, link: await invitation() };
    expect((await client.call('POST', '/api/auth/sign-up', input)).status).toBe(200);
    return client;
  };

  beforeAll(async () => {
    provider = await startOpenIdProvider();
    deployment = await openDeployment(await empty(), {
      ACCESS: 'accounts',
      SIGN_UP: 'example.com',
      SIGN_IN_RATE_LIMIT: '1000/minute',
      TRUSTED_PROXIES: '1',
      ALLOWED_HOSTS: 'chat.example.com',
      ...provider.configuration,
    });
    app = await deployment.start();
    provider.allow(app.url);
  });
  afterAll(async () => {
    await deployment.remove();
    await provider.close();
  });

  test('the first account needs the printed link at the provider too', async () => {
    provider.setPerson('olga', { name: 'Olga' });
    expect(await enter(browser())).toBe('/sign-in?problem=forbidden.first-account');
    const [, link = ''] = /\/sign-up#(\S+)/.exec(app.lines.join('\n')) ?? [];
    operator = browser();
    expect(await enter(operator, { link })).toBe('/');
    expect(await me(operator)).toMatchObject({
      name: 'Olga',
      role: 'operator',
      ways: ['provider'],
    });
  });

  test('the rule for new accounts holds, by verified addresses only', async () => {
    const refused = '/sign-in?problem=forbidden.not-connected';
    for (const [subject, account, to] of [
      ['one', { email: 'one@example.com', email_verified: true }, '/'],
      ['two', { email: 'two@example.com', email_verified: false }, refused],
      ['three', { email: 'three@example.com' }, refused],
      ['four', { email: 'four@evil.example', email_verified: true }, refused],
      ['five', { preferred_username: 'five@example.com' }, refused],
    ] as const) {
      provider.setPerson(subject, account);
      expect([subject, await enter(browser())]).toEqual([subject, to]);
    }
    provider.setPerson('two', { email: 'two@example.com', preferred_username: 'zwei' });
    const invited = browser();
    const link = await invitation();
    expect(await enter(invited, { link })).toBe('/');
    expect((await me(invited)).name).toBe('zwei');
    provider.setPerson('three', {});
    expect(await enter(browser(), { link })).toBe('/sign-in?problem=not-found.link');
  });

  test('a person is known again in any browser, and each sign-in is listed and revoked', async () => {
    provider.setPerson('finn', { email: 'finn@example.com', email_verified: true });
    const [here, there] = [browser(), browser()];
    expect(await enter(here, { next: '/s/one?q=1' })).toBe('/s/one?q=1');
    await enter(there);
    expect((await me(there)).id).toBe((await me(here)).id);
    const before = new Map(here.jar);
    await enter(here);
    expect(await isIn(browserClient(app.url, before))).toBe(false);
    const rows = (await here.call('GET', '/api/auth/sign-ins')).body.sign_ins;
    expect(rows).toHaveLength(2);
    expect((await here.call('DELETE', '/api/auth/sign-ins')).status).toBe(204);
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
  });

  test('an address never leads to an account with a password, and its person connects it', async () => {
    const ada = await withPassword('ada@example.com');
    provider.setPerson('ada', { email: 'Ada@Example.com', email_verified: true });
    const other = browser();
    await enter(other);
    expect((await me(other)).name).toBe('Ada@Example.com (2)');
    await other.call('DELETE', '/api/account?everything=true');

    const connect = { connect: true, current: 'a wrong password', next: '/account' };
    expect((await ada.call('POST', '/api/auth/oidc', connect)).status).toBe(401);
    expect((await browser().call('POST', '/api/auth/oidc', connect)).status).toBe(401);
    connect.current = PASSWORD;
    expect(await enter(ada, connect)).toBe('/account');
    const again = browser();
    await enter(again);
    expect(await me(again)).toMatchObject({
      name: 'ada@example.com',
      ways: ['password', 'provider'],
    });

    // An account at the provider is connected to one account here.
    const eve = await withPassword('Eve');
    expect(await enter(eve, connect)).toBe('/account?problem=conflict.connected');
    expect((await ada.call('DELETE', '/api/auth/oidc')).status).toBe(204);
    expect((await ada.call('DELETE', '/api/auth/oidc')).status).toBe(404);
    expect(await enter(eve, connect)).toBe('/account');
  });

  test('an answer works once, and only in the browser that began', async () => {
    provider.setPerson('olga');
    const over = '/sign-in?problem=unauthenticated.sign-in-over';
    const client = browser();
    const answer = await answerFor(client);
    expect(await follow(browser(), answer)).toBe(over);
    const victim = browser();
    await begin(victim);
    expect(await follow(victim, answer)).toBe(over);
    expect(await isIn(victim)).toBe(false);
    expect(await follow(client, answer)).toBe('/');
    client.jar.delete([...client.jar.keys()].find((name) => name.includes('sign_in')) ?? '');
    expect(await follow(client, answer)).toBe(over);
    expect(await follow(client, '/api/auth/oidc/callback')).toBe(over);
  });

  test('a forged answer of the provider is refused', async () => {
    provider.setPerson('olga');
    const refused = '/sign-in?problem=unauthenticated.provider-refused';
    const changed = async (change: (query: URLSearchParams) => void | Promise<void>) => {
      const client = browser();
      const answer = new URL(await answerFor(client), app.url);
      await change(answer.searchParams);
      const to = await follow(client, answer.pathname + answer.search);
      expect(await isIn(client)).toBe(false);
      return to;
    };
    expect(await changed((query) => query.set('iss', 'https://evil.example'))).toBe(refused);
    expect(await changed((query) => query.delete('iss'))).toBe(refused);
    expect(await changed((query) => query.set('code', 'made-up'))).toBe(refused);
    expect(await changed((query) => query.append('code', 'second'))).toBe(refused);
    expect(await changed((query) => query.delete('code'))).toBe(refused);
    // The code of another browser: its PKCE and nonce do not fit.
    provider.setPerson('mallory');
    const stolen = new URL(await answerFor(browser()), app.url).searchParams.get('code') ?? '';
    expect(await changed((query) => query.set('code', stolen))).toBe(refused);
    const declined = (query: URLSearchParams) => {
      query.delete('code');
      query.set('error', 'access_denied');
    };
    expect(await changed(declined)).toBe(refused);
  });

  test('an account is connected only to the person who began', async () => {
    const client = await withPassword('Gita');
    const connect = { connect: true, current: PASSWORD, next: '/account' };
    provider.setPerson('thief');
    const answer = await answerFor(client, connect);
    const { jar } = await withPassword('Hans');
    for (const [name, value] of jar) if (name.includes('sign_in')) client.jar.set(name, value);
    expect(await follow(client, answer)).toBe('/account?problem=unauthenticated.sign-in-over');
    expect((await me(client)).ways).toEqual(['password']);
  });

  test('another site cannot begin a sign-in, and none redirects to another site', async () => {
    const client = browser();
    const started = (headers: Record<string, string>, path = '/api/auth/oidc') =>
      client.fetch(path, { headers });
    for (const site of ['cross-site', 'same-site']) {
      const answer = await started({ 'Sec-Fetch-Site': site });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in']);
    }
    const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    expect((await client.call('POST', '/api/auth/oidc', {}, headers)).status).toBe(403);
    provider.setPerson('olga');
    const evil = await started({}, '/api/auth/oidc?next=//evil.example');
    const back = await provider.signIn(evil.headers.get('location') ?? '');
    expect(await follow(client, back.pathname + back.search)).toBe('/');
  });

  test('behind a proxy the browser comes back to the public address', async () => {
    const forwarded = {
      'X-Forwarded-For': '203.0.113.9',
      'X-Forwarded-Host': 'chat.example.com',
      'X-Forwarded-Proto': 'https',
    };
    const answer = await browser().fetch('/api/auth/oidc', { headers: forwarded });
    const there = new URL(answer.headers.get('location') ?? '');
    expect(there.searchParams.get('redirect_uri')).toBe(
      'https://chat.example.com/api/auth/oidc/callback',
    );
    expect(there.searchParams.get('code_challenge_method')).toBe('S256');
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-ask_challenge=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test('an account without a password keeps a way in, sets one, and leaves', async () => {
    provider.setPerson('nora', { email: 'nora@example.com', email_verified: true });
    const nora = browser();
    await enter(nora);
    const last = await nora.call('DELETE', '/api/auth/oidc');
    expect(last.body).toMatchObject({ code: 409, reason: 'last-way' });
    const name = 'nora@example.com';
    const tried = await browser().call('POST', '/api/auth/sign-in', { name, password: PASSWORD });
    expect(tried.body).toMatchObject({ code: 401, reason: 'wrong-password' });
    const set = { current: '', password: PASSWORD };
    expect((await nora.call('PUT', '/api/auth/password', set)).status).toBe(204);
    expect((await nora.call('PUT', '/api/auth/password', set)).status).toBe(401);
    const phone = browser();
    const entered = await phone.call('POST', '/api/auth/sign-in', { name, password: PASSWORD });
    expect(entered.status).toBe(200);
    expect((await nora.call('DELETE', '/api/auth/oidc')).status).toBe(204);
    expect((await nora.call('DELETE', '/api/account?everything=true')).status).toBe(204);
    expect([await isIn(nora), await isIn(phone)]).toEqual([false, false]);
  });

  test('a link for a new password takes what a thief may have connected', async () => {
    const pia = await withPassword('Pia');
    provider.setPerson('thief of Pia');
    const connect = { connect: true, current: PASSWORD, next: '/account' };
    expect(await enter(pia, connect)).toBe('/account');
    const { id } = await me(pia);
    const people = (await operator.call('GET', '/api/people')).body.people;
    expect(people.find((each: { id: string }) => each.id === id)).toMatchObject({
      ways: ['password', 'provider'],
    });
    const order = { kind: 'reset', person: id };
    const { token } = (await operator.call('POST', '/api/auth/links', order)).body;
    const fresh = browser();
    await fresh.call('POST', '/api/auth/link', { link: token, password: 'another password' });
    expect((await me(fresh)).ways).toEqual(['password']);
    expect(await enter(browser())).toBe('/sign-in?problem=forbidden.not-connected');
  });

  test('a provider that cannot be reached is named in the log', async () => {
    const issuer = `http://127.0.0.1:${String(await freePort())}`;
    const away = await deployment.start({ OIDC_ISSUER: issuer });
    const problem = '/sign-in?problem=unavailable.provider';
    expect(await follow(browserClient(away.url), '/api/auth/oidc')).toBe(problem);
    const posted = await browserClient(away.url).call('POST', '/api/auth/oidc', {});
    expect(posted.body).toMatchObject({ code: 503, reason: 'provider' });
    expect(JSON.stringify(away.logged())).toContain('"accounts.provider_failed"');
  });

  test('no log has a secret, a code or what the provider says of people', async () => {
    provider.setPerson('olga', { email: 'hidden@example.com', email_verified: true });
    const client = browser();
    const answer = await answerFor(client);
    await follow(client, answer);
    const { searchParams } = new URL(answer, app.url);
    const code = searchParams.get('code') ?? '';
    const state = searchParams.get('state') ?? '';
    expect(Math.min(code.length, state.length)).toBeGreaterThan(20);
    const secret = provider.configuration['OIDC_CLIENT_SECRET'] ?? '';
    const logged = app.lines.join('\n');
    expect(logged).toContain('/api/auth/oidc/callback');
    for (const hidden of [code, state, secret, 'hidden@example.com', 'ada@example.com'])
      expect(logged).not.toContain(hidden);
  });
});
