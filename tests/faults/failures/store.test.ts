import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, test } from 'vitest';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { expectError } from '../../setup/expectations';
import { answer, spokenBy, type Upstream } from '../../upstream/upstream';
import { TROUBLES, type TroubledStore } from './store-troubles';

for (const { name, possible, ms, open } of TROUBLES) {
  // Concurrent: they mostly wait.
  describe.skipIf(!possible)(`with ${name}`, { concurrent: true }, () => {
    let store: TroubledStore;
    let deployment: Deployment;
    let upstream: Upstream;

    beforeEach(async () => {
      store = await open();
      deployment = await openDeployment(store);
      ({ upstream } = deployment);
    });
    afterEach(() => deployment.remove());

    test('requests get 503, a running reply is stored after it, and nothing acknowledged is lost', async ({
      expect,
    }) => {
      const app = await deployment.start();
      const { api } = app;
      const pid = app.process.pid ?? 0;
      const session_id = await api.createSession();
      const spoken = spokenBy(upstream);
      const reading = await readSend(api, {
        message: 'acknowledged',
        session_id,
      });
      await expect.poll(() => upstream.requests.length).toBe(1);
      spoken.say('Once');
      await reading.seen('Once');

      const beganAt = performance.now();
      await store.begin(pid);
      spoken.say(' upon a time');
      await reading.seen(' upon a time');
      spoken.finish();
      const message = { message: 'more', session_id };
      const refused = await Promise.all([
        api.call('POST', '/api/sessions', {}),
        api.call('POST', '/api/chat', message),
        api.call('POST', '/api/chat/stream', message),
        api.call('PUT', `/api/sessions/${session_id}/memory`, { memory: 'x' }),
      ]);
      for (const each of refused) {
        expectError(each, 503, 'Service temporarily unavailable');
        expect(each.headers.get('retry-after')).toBe('5');
      }
      expect((await api.call('GET', '/health')).status).toBe(200);
      await sleep(Math.max(0, ms - (performance.now() - beganAt)));
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

      // Acknowledged data is on the disk, not only in the process's memory.
      await app.stop('SIGKILL');
      const { api: after } = await deployment.start();
      expect(await after.messages(session_id)).toMatchObject([
        { content: 'acknowledged' },
        { content: 'Once upon a time' },
        { content: 'more' },
        { content: 'Welcome back' },
      ]);
      expect(upstream.requests).toHaveLength(2);
    });
  });
}
