import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { readTurn, type Reading } from '../setup/app-reader';
import { REVERSE_PROXIES, startReverseProxy } from '../setup/reverse-proxy';
import { spokenBy, startUpstream, type Upstream } from '../upstream/upstream';

const WORDS = ['one ', 'two ', 'three ', 'four ', 'five'];
const GZIP = { 'Accept-Encoding': 'gzip' };

let place: EmptyDatabase;
let upstream: Upstream;
let app: RunningApp;

beforeAll(async () => {
  place = await ENGINES[0]!.empty();
  upstream = await startUpstream();
  app = await startApp({
    DATABASE_URI: place.uri,
    APP_SECRET: 'a secret that is only used by these tests',
    OPENAI_BASE_URL: upstream.url,
    API_KEYS,
    CHAT_MEMORY_ENABLED: 'false',
  });
});
afterAll(async () => {
  await app.stop('SIGKILL');
  await upstream.close();
  await place.remove();
});

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

    const read = async (path: string, body?: object, headers = {}) => {
      const reading = await readTurn(api, path, body, { ...GZIP, ...headers });
      readings.push(reading);
      return reading;
    };

    test('each word arrives before the next is said, by sending and by watching again', async () => {
      upstream.requests.length = 0;
      const spoken = spokenBy(upstream);
      const id = `through-${kind.name}`;
      const { body: session } = await api.call('POST', '/api/sessions', {});
      const sent = await read(
        '/api/chat/stream',
        { message: 'Count', session_id: session.id },
        { 'X-Request-ID': id },
      );
      await expect.poll(() => upstream.requests.length).toBe(1);
      const watched = await read(`/api/chat/stream/${id}`);
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

    test('a change is told while the feed of changes stays open', async () => {
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
      const { body: session } = await api.call('POST', '/api/sessions', {});
      await tell(session.id as string);
      leaving.abort();
    });
  });
}
