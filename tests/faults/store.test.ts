import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_KEYS, apiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { readTurn } from '../setup/app-reader';
import { expectError } from '../setup/expectations';
import { answer, spokenBy, startUpstream, type Upstream } from '../upstream/upstream';
import { TROUBLES, type TroubledStore } from './store-troubles';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const { name, possible, ms, open } of TROUBLES) {
  describe.skipIf(!possible)(`with ${name}`, () => {
    let store: TroubledStore;
    let upstream: Upstream;
    let running: RunningApp[];

    beforeEach(async () => {
      running = [];
      store = await open();
      upstream = await startUpstream();
    });
    afterEach(async () => {
      for (const app of running) await app.stop('SIGKILL');
      await upstream.close();
      await store.remove();
    });

    const start = async () => {
      const app = await startApp({
        DATABASE_URI: store.uri,
        APP_SECRET: 'a secret that is only used by these tests',
        OPENAI_BASE_URL: upstream.url,
        API_KEYS,
        CHAT_MEMORY_ENABLED: 'false',
      });
      running.push(app);
      return { app, api: apiClient(app.url), pid: app.process.pid ?? 0 };
    };

    test('requests are 503 meanwhile, a running reply is kept when it is over, nothing acknowledged is lost', async () => {
      const { app, api, pid } = await start();
      const { body: session } = await api.call('POST', '/api/sessions', {});
      const spoken = spokenBy(upstream);
      const reading = await readTurn(api, '/api/chat/stream', {
        message: 'acknowledged',
        session_id: session.id,
      });
      await expect.poll(() => upstream.requests.length).toBe(1);
      spoken.say('Once');
      await reading.seen('Once');

      const beganAt = performance.now();
      await store.begin(pid);
      spoken.say(' upon a time');
      await reading.seen(' upon a time');
      spoken.finish();
      const message = { message: 'more', session_id: session.id };
      const refused = await Promise.all([
        api.call('POST', '/api/sessions', {}),
        api.call('POST', '/api/chat', message),
        api.call('POST', '/api/chat/stream', message),
        api.call('PUT', `/api/sessions/${String(session.id)}/memory`, { memory: 'x' }),
      ]);
      for (const each of refused) {
        expectError(each, 503, 'Service temporarily unavailable');
        expect(each.headers.get('retry-after')).toBe('5');
      }
      expect((await api.call('GET', '/health')).status).toBe(200);
      await sleep(ms - (performance.now() - beganAt));
      const whileAway = await Promise.race([reading.ended, Promise.resolve('not told yet')]);
      expect(whileAway).toBe('not told yet');

      await store.end(pid);
      expect(await reading.ended).toContain('"state":"complete"');
      upstream.behave(answer('Welcome back'));
      await expect
        .poll(async () => (await api.call('POST', '/api/sessions', {})).status, { timeout: 30_000 })
        .toBe(200);
      expect((await api.call('POST', '/api/chat', message)).body.reply).toBe('Welcome back');
      expect((await api.call('GET', '/health/ready')).status).toBe(200);
      expect(app.process.exitCode).toBeNull();

      // What was acknowledged is on the disk, and not only in the memory of the process.
      await app.stop('SIGKILL');
      const { api: after } = await start();
      const { body } = await after.call('GET', `/api/sessions/${String(session.id)}`);
      expect(body.messages).toMatchObject([
        { content: 'acknowledged' },
        { content: 'Once upon a time' },
        { content: 'more' },
        { content: 'Welcome back' },
      ]);
      expect(upstream.requests).toHaveLength(2);
    });
  });
}
