/** By which name, from where and how often the program may be asked, and what its log says of whoever asks. */
import { request } from 'node:http';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SQLITE } from '../databases/engines';
import { API_KEYS, apiClient, OTHER_KEY } from '../setup/api-client';
import { readSend } from '../setup/app-reader';
import { openDeployment, type Deployment, type Instance } from '../setup/deployment';
import { stallAfter } from '../upstream/upstream';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
});
afterAll(() => deployment.remove());

type Headers = Record<string, string>;
const json = { 'Content-Type': 'application/json' };

/** As `fetch` would not send it: under any name, and with a path that stays as it is written. */
const rawly = (url: string, path: string, headers: Headers, method = 'GET') =>
  new Promise<{
    status: number | undefined;
    body: string;
    headers: NodeJS.Dict<string | string[]>;
  }>((resolve, reject) => {
    const { hostname: host, port } = new URL(url);
    request({ host, port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (piece: Buffer) => (body += piece.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode, body, headers: response.headers });
      });
    })
      .on('error', reject)
      .end(method === 'POST' ? '{"message":"hi"}' : undefined);
  });

const accessLines = (app: Instance, status: number) =>
  app.logged().filter((line) => line['event'] === 'http.access' && line['status'] === status);

describe('names and addresses', () => {
  let app: Instance;
  let file: string;
  beforeAll(async () => {
    app = await deployment.start({
      ALLOWED_HOSTS: 'chat.example.com',
      BLOCKED_ADDRESSES: '203.0.113.0/24',
      TRUSTED_PROXIES: '1',
    });
    const page = await (await fetch(app.url)).text();
    file = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? 'none';
  });

  test.each(['/', '/s/1', '/api/sessions', '/health', '/health/ready', '/icon.svg', '//x', 'file'])(
    '%s is there for names of its own and for nobody else',
    async (path) => {
      const asked = path === 'file' ? file : path;
      const { port } = new URL(app.url);
      for (const Host of ['chat.example.com', 'CHAT.example.com.:80', `[::1]:${port}`, hostname()])
        expect((await rawly(app.url, asked, { Host })).status).not.toBe(421);
      for (const headers of [
        { Host: `rebind.evil.example:${port}` },
        { Host: 'localhost', 'X-Forwarded-Host': 'evil.example' },
      ]) {
        const { status, body } = await rawly(app.url, asked, headers);
        expect(status).toBe(421);
        expect(JSON.parse(body)).toMatchObject({
          error: expect.stringContaining('ALLOWED_HOSTS'),
          code: 421,
        });
      }
    },
  );

  test('a page that names itself by its own name cannot have a turn paid', async () => {
    const Host = 'rebind.evil.example';
    const headers = { ...json, Host, Origin: `http://${Host}`, 'Sec-Fetch-Site': 'same-origin' };
    expect((await rawly(app.url, '/api/chat', headers, 'POST')).status).toBe(421);
    expect(deployment.upstream.requests).toEqual([]);
  });

  test('a blocked network is refused everywhere, however its addresses are written', async () => {
    for (const path of ['/', '/api/sessions', '/health', '/icon.svg', file]) {
      const from = (address: string) => rawly(app.url, path, { 'X-Forwarded-For': address });
      expect((await from('::ffff:cb00:7107')).status).toBe(403);
      expect((await from('203.0.114.7')).status).toBe(200);
    }
    await expect
      .poll(() => accessLines(app, 403))
      .toContainEqual(
        expect.objectContaining({
          path: '/icon.svg',
          error: 'forbidden',
          reason: 'BLOCKED_ADDRESSES',
          address_hash: expect.any(String),
        }),
      );
  });

  test.each(['/api/ch%61t', '/%61pi/chat', '/api%2Fchat', '/api/chat%2Fstream', '/api/CHAT'])(
    'no other spelling of a path leads to a turn: %s',
    async (path) => {
      const { status } = await rawly(app.url, path, { ...json, Host: 'localhost' }, 'POST');
      expect([404, 405]).toContain(status);
      expect(deployment.upstream.requests).toEqual([]);
    },
  );
});

describe('budgets', () => {
  let app: Instance;
  const PAGES = 20;
  beforeAll(async () => {
    app = await deployment.start({
      TRUSTED_PROXIES: '1',
      PAGE_RATE_LIMIT: `${String(PAGES)}/day`,
      VISITOR_RATE_LIMIT: '5/day',
      STREAMS_PER_OWNER: '2',
      STREAMS_PER_ADDRESS: '4',
      STREAMS_MAX: '6',
    });
  });
  type Init = Omit<RequestInit, 'headers'> & { headers?: Headers };
  const from = (address: string, path: string, { headers, ...init }: Init = {}) =>
    fetch(app.url + path, {
      ...init,
      headers: { 'X-Forwarded-For': address, ...headers },
      ...(init.method === 'POST' && { body: '{}' }),
    });

  test('of 200 pages at once from one address exactly so many are shown', async () => {
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

  test('a person who opened too many pages can read when to come back', async () => {
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

  test('of 200 new visitors at once from one address exactly so many become owners', async () => {
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

  /** Opens a feed and says how it was answered; an open one ends by `leave`. */
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

  test('a feed is for somebody who is known', async () => {
    const { status, response } = await feed('5.5.5.5', {});
    expect(status).toBe(401);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('know you') });
    expect((await feed('5.5.5.5', { cookie: 'ask_owner=x' })).status).toBe(401);
  });

  test('streams are counted for an owner, an address and the process, and let go when they end', async () => {
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

  test('a turn without a stream to tell it is refused before it is paid, and a refused watch stops none', async () => {
    const { upstream } = deployment;
    upstream.behave(stallAfter('Once'));
    const api = apiClient(app.url);
    const asked = upstream.requests.length;
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
    expect(upstream.requests).toHaveLength(asked + 2);
    readings[1]?.leave();
    await expect.poll(async () => (await feed('127.0.0.1', {})).status).toBe(401);
    const stopped = await api.call('DELETE', '/api/chat/stream/first-turn');
    expect(stopped.status).toBe(204);
    expect(await readings[0]?.ended).toContain('"state":"stopped"');
  });
});

describe('what the log says', () => {
  let app: Instance;
  beforeAll(async () => {
    app = await deployment.start({ TRUSTED_PROXIES: '1' });
  });

  test('keyed hashes that tell callers apart, the name of a key, and no address', async () => {
    const from = (address: string, path: string, headers: Headers = {}) =>
      fetch(app.url + path, { headers: { 'X-Forwarded-For': address, ...headers } });
    const first = await from('198.51.100.1', '/');
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    await from('198.51.100.1', '/s', { cookie });
    await from('198.51.100.2', '/api/sessions', { cookie });
    const [name, key] = API_KEYS.split(',')[0]?.split(':') ?? [];
    await from('198.51.100.2', '/api/models', { Authorization: `Bearer ${key ?? ''}` });
    await from('198.51.100.2', '/api/page', { Authorization: 'Bearer wrong' });
    const line = async (path: string) => {
      const of = () => app.logged().find((each) => each['path'] === path);
      await expect.poll(of).toBeDefined();
      return of() ?? {};
    };
    const [page, list, read, keyed, guessed] = [
      await line('/'),
      await line('/s'),
      await line('/api/sessions'),
      await line('/api/models'),
      await line('/api/page'),
    ];
    expect(page['owner_hash']).toMatch(/^[\w-]{12}$/);
    expect([list['owner_hash'], read['owner_hash']]).toEqual([
      page['owner_hash'],
      page['owner_hash'],
    ]);
    expect(list['address_hash']).toBe(page['address_hash']);
    expect(read['address_hash']).not.toBe(page['address_hash']);
    expect(keyed).toMatchObject({ key: name, address_hash: read['address_hash'] });
    expect(guessed).toMatchObject({ error: 'unauthenticated', address_hash: read['address_hash'] });
    expect(app.lines.join('\n')).not.toContain('198.51.100');
    expect(app.lines.join('\n')).not.toContain(key);
  });

  test('an id that two turns are asked by is the same in the header, the body and the log of each', async () => {
    const id = { 'X-Request-ID': 'twice' };
    deployment.upstream.reset();
    const plain = await app.api.call('POST', '/api/chat', { message: 'one' }, id);
    expect([plain.headers.get('x-request-id'), plain.body.request_id]).toEqual(['twice', 'twice']);
    const again = await app.api.call('POST', '/api/chat', { message: 'two' }, id);
    const streamed = await app.api.stream({ message: 'three' }, id);
    const ids = [again.body.request_id, streamed.frames[0]?.request_id];
    expect(ids).not.toContain('twice');
    expect([again.headers.get('x-request-id'), streamed.headers.get('x-request-id')]).toEqual(ids);
    const logged = (event: string) =>
      app
        .logged()
        .filter((line) => line['event'] === event && line['method'] !== 'GET')
        .map((line) => line['request_id']);
    await expect.poll(() => logged('http.access')).toEqual(['twice', ...ids]);
    expect(logged('turn.start')).toEqual(['twice', ...ids]);
  });

  test('addresses, where the operator may keep them; and once, that too many proxies are trusted', async () => {
    const other = await deployment.start({ TRUSTED_PROXIES: '2', LOG_ADDRESSES: 'true' });
    for (const path of ['/', '/api/sessions', '/%ff'])
      await fetch(other.url + path, { headers: { 'X-Forwarded-For': '2001:db8::1' } });
    const addresses = () =>
      other.logged().flatMap(({ event, address }) => (event === 'http.access' ? [address] : []));
    await expect.poll(addresses).toEqual(Array(3).fill('2001:db8:0:0::/64'));
    const said = other.logged().filter(({ event }) => event === 'http.too_many_trusted_proxies');
    expect(said).toHaveLength(1);
  });
});

test('two instances on one machine leave each other their visitors', async () => {
  const secrets = ['the secret of one of the two instances', 'the secret of the other instance'];
  const [one, two] = await Promise.all(
    secrets.map((APP_SECRET) => deployment.start({ APP_SECRET })),
  );
  const jar = new Map<string, string>();
  const visit = async (app: Instance | undefined) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const page = await fetch(app?.url ?? '', { headers: { cookie } });
    const [, name = '', value = ''] =
      /^([^=]+)=([^;]+)/.exec(page.headers.get('set-cookie') ?? '') ?? [];
    jar.set(name, value);
    return value;
  };
  const first = await visit(one);
  await visit(two);
  expect(await visit(one)).toBe(first);
  expect(jar.size).toBe(2);
});
