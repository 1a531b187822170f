import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { readTurn } from '../setup/app-reader';
import { spokenBy, startUpstream, type Upstream } from '../upstream/upstream';

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let upstream: Upstream;
  let running: RunningApp[];

  beforeEach(async () => {
    place = await empty();
    upstream = await startUpstream();
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((app) => app.stop('SIGKILL')));
    await upstream.close();
    await place.remove();
  });

  const start = async () => {
    const app = await startApp({
      DATABASE_URI: place.uri,
      APP_SECRET: 'a secret that is only used by these tests',
      OPENAI_BASE_URL: upstream.url,
      API_KEYS,
    });
    running.push(app);
    return { app, api: apiClient(app.url) };
  };

  // A process that stands still looks like one whose machine is gone: it cannot be seen to be dead.
  test('a reply of an instance that falls silent is interrupted by another within 30 seconds', async () => {
    const [one, two] = [await start(), await start()];
    const spoken = spokenBy(upstream);
    const { body: session } = await one.api.call('POST', '/api/sessions', {});
    const here = await readTurn(
      one.api,
      '/api/chat/stream',
      { message: 'hello', session_id: session.id },
      { 'X-Request-ID': 'silent' },
    );
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('Once upon');
    await here.seen('Once upon');
    const there = await readTurn(two.api, '/api/chat/stream/silent');
    await there.seen('Once upon');
    const silentAt = performance.now();
    one.app.process.kill('SIGSTOP');
    expect(await there.ended).toContain('"state":"interrupted"');
    const took = performance.now() - silentAt;
    expect(took).toBeGreaterThan(14_000);
    expect(took).toBeLessThan(30_000);

    // It wakes up, and says what the store says of its turn.
    one.app.process.kill('SIGCONT');
    spoken.finish();
    expect(await here.ended).toContain('"state":"interrupted"');
    const { body } = await two.api.call('GET', `/api/sessions/${String(session.id)}`);
    expect(body.messages).toMatchObject([
      { content: 'hello' },
      { content: 'Once upon', state: 'interrupted' },
    ]);
  });
});
