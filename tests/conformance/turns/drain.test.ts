import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { expectWithin, timeOf } from '../../setup/expect-within';
import { expectError } from '../../setup/expectations';
import { spokenBy, type Upstream } from '../../upstream/upstream';

/** Graceful shutdown. */
describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let deployment: Deployment;
  let upstream: Upstream;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  test('while a reply drains, the process is not ready, refuses turns, and still serves reads', async () => {
    const spoken = spokenBy(upstream);
    const app = await deployment.start();
    const { api } = app;
    const id = await api.createSession();
    const streaming = api.stream({ message: 'hi', session_id: id }, { 'X-Request-ID': 'running' });
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('half ');
    expect((await api.call('GET', '/health/ready')).status).toBe(200);

    const exited = app.stop('SIGTERM');
    await expect.poll(async () => (await api.call('GET', '/health/ready')).status).toBe(503);
    const notReady = await api.call('GET', '/health/ready');
    expectError(notReady, 503, 'Service temporarily unavailable');
    expect(notReady.headers.get('retry-after')).toBe('5');
    expect(notReady.headers.get('connection')).toBe('close');
    expect((await api.call('GET', '/health')).status).toBe(200);
    for (const path of ['/api/chat', '/api/chat/stream']) {
      const refused = await api.call('POST', path, { message: 'more', session_id: id });
      expectError(refused, 503);
      expect(refused.headers.get('retry-after')).toBe('5');
    }
    expect(await api.messages(id)).toMatchObject([{ content: 'hi' }]);
    const watching = api.watch('running');
    await expect.poll(() => fetch(app.url).then(({ status }) => status)).toBe(200);

    spoken.say('whole');
    spoken.finish();
    expect((await streaming).last).toMatchObject({ done: true, state: 'complete' });
    expect((await watching).last).toMatchObject({ done: true, state: 'complete' });
    expect(await exited).toBe(0);
    expect(upstream.requests).toHaveLength(1);
    await expect(fetch(`${app.url}/health`)).rejects.toThrow('fetch failed');
  });

  test('a reply that does not end in time is stored as interrupted, and its client receives the error', async () => {
    const spoken = spokenBy(upstream);
    const app = await deployment.start({ SHUTDOWN_TIMEOUT_MS: '500' });
    const { api } = app;
    const id = await api.createSession();
    const streaming = api.stream({ message: 'hi', session_id: id });
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('half ');
    await expect.poll(() => app.logged().some(({ event }) => event === 'turn.started')).toBe(true);
    const took = await timeOf(async () => expect(await app.stop('SIGTERM')).toBe(0));
    expect(took).toBeGreaterThan(500);
    // Without the limit it would wait for the upstream's idle timeout of a minute.
    expect(took).toBeLessThan(20_000);
    expect((await streaming).last).toMatchObject({ done: true, state: 'interrupted' });
    await upstream.requests[0]?.closed;
    // The process stored it itself, so the next one recovers nothing.
    const next = await deployment.start();
    expect(await next.api.messages(id)).toMatchObject([
      { content: 'hi' },
      { content: 'half ', state: 'interrupted' },
    ]);
    expect(next.logged().filter(({ event }) => event === 'turn.recovered')).toEqual([]);
    deployment.handBack(next);
  });

  test('without running turns the shutdown is fast', async () => {
    await expectWithin(1000, async () => {
      const app = await deployment.borrow();
      await app.api.createSession();
      return timeOf(async () => expect(await app.stop('SIGTERM')).toBe(0));
    });
  });
});
