/** Rate limits, and limits of concurrent streams. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { accessLines } from '../../programs/access-lines';
import { apiClient, OTHER_KEY } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { stallAfter } from '../../upstream/upstream';

type Headers = Record<string, string>;
const json = { 'Content-Type': 'application/json' };

let deployment: Deployment;
let app: Instance;
const PAGES = 20;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({
    TRUSTED_PROXIES: '1',
    PAGE_RATE_LIMIT: `${String(PAGES)}/day`,
    VISITOR_RATE_LIMIT: '5/day',
    STREAMS_PER_OWNER: '2',
    STREAMS_PER_ADDRESS: '4',
    STREAMS_MAX: '6',
  });
});
afterAll(() => deployment.remove());
type Init = Omit<RequestInit, 'headers'> & { headers?: Headers };
const from = (address: string, path: string, { headers, ...init }: Init = {}) =>
  fetch(app.url + path, {
    ...init,
    headers: { 'X-Forwarded-For': address, ...headers },
    ...(init.method === 'POST' && { body: '{}' }),
  });

test('of 200 concurrent pages for one address exactly the limit is served', async () => {
  const paths = ['/', '/s/1', '/s', '/nothing'];
  const pages = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      from('1.1.1.1', paths[n % 4] ?? '/', {
        headers: n % 3 ? {} : { RSC: '1' },
        redirect: 'manual',
      }),
    ),
  );
  const refused = pages.filter(({ status }) => status === 429);
  expect(pages.length - refused.length).toBe(PAGES);
  expect((await from('2.2.2.2', '/')).status).toBe(200);
  expect((await from('1.1.1.1', '/api/sessions')).status).toBe(200);
});

test('a browser that opened too many pages gets a page that shows when to retry', async () => {
  for (let n = 0; n < PAGES; n += 1) await from('3.3.3.3', '/nothing');
  const page = await from('3.3.3.3', '/', { headers: { Accept: 'text/html' } });
  expect(page.status).toBe(429);
  expect(page.headers.get('content-type')).toContain('text/html');
  const wait = page.headers.get('retry-after') ?? 'none';
  expect(page.headers.get('x-ratelimit-limit')).toBe(String(PAGES));
  expect(await page.text()).toContain(`Try again in ${wait} s.`);
  await expect
    .poll(() => accessLines(app, 429))
    .toContainEqual(
      expect.objectContaining({ path: '/', reason: `PAGE_RATE_LIMIT ${String(PAGES)}/day` }),
    );
});

test('of 200 concurrent new visitors at one address exactly the limit become owners', async () => {
  const post = () => from('4.4.4.4', '/api/sessions', { method: 'POST', headers: json });
  const answers = await Promise.all(Array.from({ length: 200 }, post));
  const made = answers.filter(({ status }) => status === 200);
  expect(made).toHaveLength(5);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers.get('set-cookie')).toBeNull();
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({ error: expect.stringContaining('visitors') });
  const page = await from('4.4.4.4', '/');
  expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
  const cookie = made[0]?.headers.get('set-cookie')?.split(';')[0] ?? '';
  const known = { ...json, cookie, Origin: app.url };
  const { status } = await from('4.4.4.4', '/api/sessions', { method: 'POST', headers: known });
  expect(status).toBe(200);
});

/** Opens a change feed and returns its response; `leave` closes it. */
const feed = async (address: string, headers: Headers) => {
  const leaving = new AbortController();
  const response = await fetch(`${app.url}/api/sessions/changes`, {
    headers: { 'X-Forwarded-For': address, ...headers },
    signal: leaving.signal,
  });
  return {
    response,
    status: response.status,
    leave: () => {
      leaving.abort();
    },
  };
};
const visitor = async (address: string) => {
  const page = await from(address, '/');
  return { cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' };
};

test('the change feed requires a known visitor', async () => {
  const { status, response } = await feed('5.5.5.5', {});
  expect(status).toBe(401);
  expect(await response.json()).toMatchObject({ error: expect.stringContaining('know you') });
  expect((await feed('5.5.5.5', { cookie: 'ask_owner=x' })).status).toBe(401);
});

test('streams count per owner, address and process, and are released when they end', async () => {
  const [one, two, three] = [
    await visitor('6.6.6.6'),
    await visitor('6.6.6.6'),
    await visitor('6.6.6.6'),
  ];
  const open = [await feed('6.6.6.6', one), await feed('6.6.6.6', one)];
  const third = await feed('6.6.6.6', one);
  expect(third.status).toBe(429);
  expect(third.response.headers.get('retry-after')).toBe('10');
  expect(await third.response.json()).toMatchObject({
    error: expect.stringContaining('STREAMS_PER_OWNER'),
  });
  open.push(await feed('6.6.6.6', two), await feed('6.6.6.6', two));
  expect((await feed('6.6.6.6', three)).status).toBe(429);
  const key = { Authorization: `Bearer ${OTHER_KEY}` };
  open.push(await feed('7.7.7.7', key), await feed('7.7.7.7', key));
  expect((await feed('8.8.8.8', await visitor('8.8.8.8'))).status).toBe(429);
  expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await expect
    .poll(() => accessLines(app, 429).map(({ reason }) => reason))
    .toEqual(expect.arrayContaining(['STREAMS_PER_OWNER', 'STREAMS_PER_ADDRESS', 'STREAMS_MAX']));
  for (const { leave } of open) leave();
  await expect
    .poll(async () => {
      const { status, leave } = await feed('6.6.6.6', one);
      leave();
      return status;
    })
    .toBe(200);
});

test('a turn over the stream limit is refused before it costs anything, and a refused watch stops no turn', async () => {
  const { upstream } = deployment;
  upstream.behave(stallAfter('Once'));
  const api = apiClient(app.url);
  const earlier = upstream.requests.length;
  const readings = [
    await readSend(api, { message: 'one' }, { 'X-Request-ID': 'first-turn' }),
    await readSend(api, { message: 'two' }),
  ];
  await Promise.all(readings.map(({ seen }) => seen('Once')));
  for (const path of ['/api/chat', '/api/chat/stream']) {
    const refused = await api.call('POST', path, { message: 'three' });
    expect([refused.status, refused.body.error]).toEqual([
      429,
      expect.stringContaining('STREAMS_PER_OWNER'),
    ]);
  }
  expect((await api.watch('first-turn')).status).toBe(429);
  expect(upstream.requests).toHaveLength(earlier + 2);
  readings[1]?.leave();
  await expect.poll(async () => (await feed('127.0.0.1', {})).status).toBe(401);
  const stopped = await api.call('DELETE', '/api/chat/stream/first-turn');
  expect(stopped.status).toBe(204);
  expect(await readings[0]?.ended).toContain('"state":"stopped"');
});
