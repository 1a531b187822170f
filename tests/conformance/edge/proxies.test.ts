import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { apiClient, type ApiClient } from '../../programs/api-client';
import { readSend, readWatch, type Reading } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { REVERSE_PROXIES, startReverseProxy } from '../../programs/reverse-proxy';
import { spokenBy, type Upstream } from '../../upstream/upstream';

const WORDS = ['one ', 'two ', 'three ', 'four ', 'five'];
const GZIP = { 'Accept-Encoding': 'gzip' };

let deployment: Deployment;
let upstream: Upstream;
let app: Instance;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  ({ upstream } = deployment);
  app = await deployment.start({ TRUSTED_PROXIES: '1', API_RATE_LIMIT: '100000/day' });
});
afterAll(() => deployment.remove());

for (const kind of REVERSE_PROXIES) {
  describe.skipIf(kind.file === null)(`through ${kind.name} (needs ${kind.name})`, () => {
    let proxy: Awaited<ReturnType<typeof startReverseProxy>>;
    let api: ApiClient;
    const readings: Reading[] = [];

    beforeAll(async () => {
      proxy = await startReverseProxy(kind, app.url);
      api = apiClient(proxy.url);
    });
    afterEach(() => {
      for (const reading of readings.splice(0)) reading.leave();
    });
    afterAll(() => proxy.stop());

    test('tokens are not buffered, neither when sending nor when resuming', async () => {
      upstream.requests.length = 0;
      const spoken = spokenBy(upstream);
      const id = `through-${kind.name}`;
      const body = { message: 'Count', session_id: await api.createSession() };
      const sent = await readSend(api, body, { ...GZIP, 'X-Request-ID': id });
      readings.push(sent);
      await expect.poll(() => upstream.requests.length).toBe(1);
      const watched = await readWatch(api, id, GZIP);
      readings.push(watched);
      let soFar = '';
      for (const word of WORDS) {
        spoken.say(word);
        soFar += word;
        await Promise.all([sent.seen(soFar), watched.seen(soFar)]);
        expect([sent.text(), watched.text()]).toEqual([soFar, soFar]);
      }
      spoken.finish();
      for (const raw of await Promise.all([sent.ended, watched.ended]))
        expect(raw).toContain('"done":true');
    });

    test('the client’s address is the one that the proxy reports, even if the client forges headers', async () => {
      const left = [];
      for (const forged of ['1.1.1.1', '2.2.2.2, 3.3.3.3', '4.4.4.4']) {
        const headers = { 'X-Forwarded-For': forged, 'X-Real-IP': forged };
        const { headers: answered } = await fetch(`${proxy.url}/api/models`, { headers });
        left.push(Number(answered.get('x-ratelimit-remaining')));
      }
      const [most = 0] = left;
      expect(left).toEqual([most, most - 1, most - 2]);
      const page = await fetch(proxy.url);
      expect(page.headers.get('set-cookie')).toContain(`ask_owner_${new URL(proxy.url).port}=`);
      expect(app.logged().filter(({ level }) => level === 'warn')).toEqual([]);
    });

    test('the change feed delivers a change while it stays open', async () => {
      const leaving = new AbortController();
      const feed = await api.fetch('/api/sessions/changes', {
        headers: GZIP,
        signal: leaving.signal,
      });
      const reader = feed.body!.pipeThrough(new TextDecoderStream()).getReader();
      let told = '';
      const tell = async (words: string) => {
        while (!told.includes(words)) {
          const { done, value } = await reader.read();
          expect(done, 'the feed is open').toBe(false);
          told += value ?? '';
        }
      };
      await tell('"open":true');
      await tell(await api.createSession());
      leaving.abort();
    });
  });
}
