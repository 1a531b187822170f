import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES, SQLITE } from '../../databases/engines';
import { apiClient, type ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { rawly } from '../../programs/raw-request';
import { PEOPLE, REVERSE_PROXIES, signedIn, startReverseProxy } from '../../programs/reverse-proxy';

/** ACCESS=proxy: a real proxy in front signs people in and names them. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let app: Instance;
  beforeAll(async () => {
    deployment = await openDeployment(await empty(), {
      ACCESS: 'proxy',
      PROXY_USER_FROM: 'loopback',
      TRUSTED_PROXIES: 'loopback',
    });
    app = await deployment.start();
  });
  afterAll(() => deployment.remove());

  for (const kind of REVERSE_PROXIES)
    describe.skipIf(kind.file === null)(`behind ${kind.name} (needs it)`, () => {
      let proxy: Awaited<ReturnType<typeof startReverseProxy>>;
      beforeAll(async () => {
        proxy = await startReverseProxy(kind, app.url, true);
      });
      afterAll(() => proxy.stop());

      /** A browser with its own place for cookies, which the proxy has asked for a name and a password. */
      const browserOf = (name: keyof typeof PEOPLE) => browser(proxy.url, signedIn(name));

      test('two browsers of a person see the same chats, live, and nobody else does', async () => {
        const [desktop, phone, other] = [browserOf('ada'), browserOf('ada'), browserOf('eve')];
        const feed = await listen(phone);
        const id = await desktop.createSession();
        await feed.hears(id);
        const sent = await desktop.call('POST', '/api/chat', { message: 'hello', session_id: id });
        expect(sent.status).toBe(200);
        feed.leave();
        expect((await phone.messages(id)).map(({ role }) => role)).toEqual(['user', 'assistant']);
        expect((await phone.call('GET', '/api/sessions')).text).toContain(id);
        expect((await other.call('GET', '/api/sessions')).body).toEqual([]);
        expect((await other.call('GET', `/api/sessions/${id}`)).status).toBe(404);
        expect((await other.call('DELETE', `/api/sessions/${id}`)).status).toBe(404);
      });

      test('a name that the client sends itself does not replace the proxy’s', async () => {
        const [ada, eve] = [browserOf('ada'), browserOf('eve')];
        const id = await ada.createSession();
        const spoofed = { 'Remote-User': 'ada', 'remote-user': 'ada' };
        const read = await eve.call('GET', `/api/sessions/${id}`, undefined, spoofed);
        expect(read.status).toBe(404);
      });

      test('another site cannot change what is a person’s', async () => {
        const ada = browserOf('ada');
        const body = { title: 'Stolen' };
        for (const headers of [
          { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
          NONE,
        ])
          expect((await ada.call('POST', '/api/sessions', body, headers)).status).toBe(403);
      });
    });

  test('without a name pages and API answer 401, but health and keys work', async () => {
    for (const path of ['/api/sessions', '/api/page', '/api/none', '/api/export']) {
      const { status, body } = await browser(app.url, {}).call('GET', path);
      expect([path, status, body]).toMatchObject([
        path,
        401,
        { reason: 'no-proxy-user', code: 401 },
      ]);
    }
    const page = await fetch(app.url, { headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await page.text()).toContain(
      '<h1>The proxy in front of this server did not say who you are.',
    );
    expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
    expect((await app.api.call('GET', '/api/sessions')).status).toBe(200);
  });

  test('two names in one request are nobody’s', async () => {
    const headers = { 'Remote-User': 'eve, ada' };
    expect((await rawly(app.url, '/api/sessions', headers)).status).toBe(401);
    expect((await rawly(app.url, '/api/sessions', { 'Remote-User': 'ada' })).status).toBe(200);
  });
});

test('a name from outside of PROXY_USER_FROM gets nothing, whatever else it forges, and is logged once', async () => {
  const deployment = await openDeployment(await SQLITE.empty(), {
    ACCESS: 'proxy',
    PROXY_USER_FROM: '10.0.0.0/8',
    TRUSTED_PROXIES: 'private',
  });
  const app = await deployment.start();
  const { body } = await app.api.call('GET', '/openapi.json');
  const { paths } = body as { paths: Record<string, object> };
  const calls = Object.entries(paths)
    .filter(([path]) => !path.startsWith('/health'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method, path] as const));
  const forgery = { 'Remote-User': 'ada', 'X-Forwarded-For': '10.0.0.1', Origin: app.url };
  const answers = await Promise.all(
    calls.map(async ([method, path]) => {
      const init = { method: method.toUpperCase(), headers: forgery };
      return [method, path, (await fetch(app.url + path, init)).status];
    }),
  );
  expect(answers).toEqual(calls.map((call) => [...call, 401]));
  for (const forged of ['10.0.0.1', '127.0.0.1, 10.0.0.1']) {
    const headers = { 'Remote-User': 'ada', 'X-Forwarded-For': forged, 'X-Real-IP': forged };
    for (const path of ['/', '/api/sessions', '/api/export'])
      expect((await rawly(app.url, path, headers)).status).toBe(401);
  }
  const logged = app.logged().filter(({ event }) => event === 'proxy.user_ignored');
  expect(logged).toMatchObject([{ cause: expect.stringContaining('PROXY_USER_FROM') }]);
  await deployment.remove();
});

/** What tells nothing about the site, as an old browser may send. */
const NONE = { Origin: 'null', 'Sec-Fetch-Site': 'none' };

function browser(url: string, headers: Record<string, string>): ApiClient {
  const same = { 'Sec-Fetch-Site': 'same-origin' };
  return apiClient(url, { ...same, ...headers });
}

async function listen(api: ApiClient) {
  const leaving = new AbortController();
  const feed = await api.fetch('/api/sessions/changes', { signal: leaving.signal });
  const reader = feed.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  const hears = async (words: string) => {
    while (!told.includes(words)) {
      const { done, value } = await reader.read();
      expect(done, 'the feed is open').toBe(false);
      told += value ?? '';
    }
  };
  await hears('"open":true');
  return {
    hears,
    leave: () => {
      leaving.abort();
    },
  };
}
