/** Guessing is limited, by address and by account, and locks nobody out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { browserClient, type BrowserClient } from '../../programs/browser-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';

const PASSWORD = 'a long enough password';
/** What one address, one account and one known browser have. */
const MOST = 4;

let deployment: Deployment;
let app: Instance;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), {
    ACCESS: 'accounts',
    SIGN_UP: 'open',
    SIGN_IN_RATE_LIMIT: `${String(MOST)}/day`,
    TRUSTED_PROXIES: '1',
  });
  app = await deployment.start();
});
afterAll(() => deployment.remove());

let addresses = 0;
/** A browser, by default at an address of its own. */
function someone(address?: string, jar = new Map<string, string>()): BrowserClient {
  addresses += 1;
  const from = { 'X-Forwarded-For': address ?? `203.0.113.${String(addresses)}` };
  const client = browserClient(app.url, jar);
  return {
    ...client,
    call: (method, path, body, headers) => client.call(method, path, body, { ...from, ...headers }),
  };
}

const enter = (client: BrowserClient, name: string, password = PASSWORD) =>
  client.call('POST', '/api/auth/sign-in', { name, password });

test('the first account of a server that others can reach needs the link that it printed', async () => {
  const signUp = (client: BrowserClient, name: string, link?: string) =>
    client.call('POST', '/api/auth/sign-up', { name, password: PASSWORD, link });
  const refused = await signUp(someone(), 'Eve');
  expect(refused.body).toMatchObject({ code: 403, reason: 'first-account' });
  const [, link] = /\/sign-up#(\S+)/.exec(app.lines.join('\n')) ?? [];
  const olga = someone();
  expect((await signUp(olga, 'Olga', link)).status).toBe(200);
  expect((await olga.call('GET', '/api/account')).body).toMatchObject({ role: 'operator' });
  expect(JSON.stringify(app.logged())).not.toContain(link);
});

test('others who guess at a name from many addresses do not lock its person out', async () => {
  const ada = someone();
  await ada.call('POST', '/api/auth/sign-up', { name: 'Ada', password: PASSWORD });
  expect((await enter(ada, 'Ada')).status).toBe(200);
  const guess = async (name: string) => {
    const statuses: number[] = [];
    for (let n = 0; n <= MOST; n += 1)
      statuses.push((await enter(someone(), name, 'wrong')).status);
    return statuses;
  };
  // One of Ada's own came first. An unknown name is limited as a known one is.
  expect(await guess('Ada')).toEqual([401, 401, 401, 429, 429]);
  expect(await guess('Nobody')).toEqual([401, 401, 401, 401, 429]);

  const held = await enter(someone(), 'ADA ');
  expect(held.status).toBe(429);
  expect(held.body).toMatchObject({ kind: 'rate-limited', reason: 'SIGN_IN_RATE_LIMIT' });
  expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);

  expect((await enter(ada, 'Ada')).status).toBe(200);
  const { token: link } = (await ada.call('POST', '/api/auth/links', { kind: 'device' })).body;
  expect((await someone().call('POST', '/api/auth/link', { link })).status).toBe(200);
});

test('one address cannot try many names, and a known browser cannot try for ever', async () => {
  const one = someone();
  for (let n = 0; n < MOST; n += 1) await enter(one, `name ${String(n)}`);
  expect((await enter(one, 'another name')).status).toBe(429);

  const bea = someone();
  await bea.call('POST', '/api/auth/sign-up', { name: 'Bea', password: PASSWORD });
  expect((await enter(bea, 'Bea')).status).toBe(200);
  for (let n = 0; n < MOST; n += 1) expect((await enter(bea, 'Bea', 'wrong')).status).toBe(401);
  expect((await enter(bea, 'Bea')).status).toBe(429);
});

test('known browsers that a person collects count together at an address, and none outlives the password', async () => {
  const cleo = someone();
  await cleo.call('POST', '/api/auth/sign-up', { name: 'Cleo', password: PASSWORD });
  const jars = [];
  for (let n = 0; n < MOST - 1; n += 1) {
    const browser = someone();
    expect((await enter(browser, 'Cleo')).status).toBe(200);
    jars.push(browser.jar);
  }
  const tried = [];
  for (const jar of [...jars, ...jars])
    tried.push((await enter(someone('198.51.100.1', jar), 'Cleo', 'wrong')).status);
  expect(tried).toEqual([401, 401, 401, 401, 429, 429]);

  const password = 'another long password';
  const changed = await cleo.call('PUT', '/api/auth/password', { current: PASSWORD, password });
  expect(changed.status).toBe(204);
  // Three signed in without being known, and one more guess is the last that the account has.
  const guesses = [];
  for (const jar of jars)
    guesses.push((await enter(someone(undefined, jar), 'Cleo', 'wrong')).status);
  expect(guesses).toEqual([401, 429, 429]);
});
