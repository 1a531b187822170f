import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { endless, endlessPacked, stallAfter, token, type Behaviour } from '../../upstream/upstream';
import { COUNTING, megabytesOf } from './resources';

const COMMENT = ': waiting\n\n';
const EMPTY = 'data: {"choices":[{"delta":{}}]}\n\n';
const WORDS = token('again and again ');

/** Endless upstreams, and the end of their turn. */
const UPSTREAMS: readonly (readonly [string, Behaviour, { state: string }])[] = [
  ['says words without an end', endless(WORDS), { state: 'interrupted' }],
  ['says packed words without an end', endlessPacked(WORDS), { state: 'interrupted' }],
  ['sends comments without an end', endless(COMMENT), { state: 'failed' }],
  ['sends packed comments without an end', endlessPacked(COMMENT), { state: 'failed' }],
  ['sends empty pieces without an end', endless(EMPTY), { state: 'failed' }],
  ['sends a packed line without an end', endlessPacked('x'), { state: 'failed' }],
  ['falls silent', stallAfter('Once'), { state: 'interrupted' }],
];

let deployment: Deployment;
let app: Instance;

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({
    UPSTREAM_IDLE_TIMEOUT_MS: '500',
    BREAKER_THRESHOLD: '1000',
    ...COUNTING,
  });
});
afterAll(() => deployment.remove());
beforeEach(() => {
  deployment.upstream.reset();
});

test.each(UPSTREAMS)(
  'an upstream that %s uses bounded memory and time, and other requests are answered',
  async (what, behaviour, end) => {
    const { api } = app;
    const { upstream } = deployment;
    await api.stream({ message: 'warm up', session_id: await api.createSession() });
    const before = await megabytesOf(app);
    upstream.behave(behaviour);
    const startedAt = performance.now();
    let most = before;
    let slowest = 0;
    const over = new AbortController();
    const streaming = api
      .stream({ message: 'go on', session_id: await api.createSession() })
      .finally(() => {
        over.abort();
      });
    while (!over.signal.aborted) {
      const askedAt = performance.now();
      expect((await api.call('GET', '/health')).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - askedAt);
      most = Math.max(most, await megabytesOf(app));
    }
    const { last, text } = await streaming;
    const ms = performance.now() - startedAt;
    console.log(
      `${what}: ${ms.toFixed(0)} ms, ${String(before)} MB before and ${String(most)} MB at the most, ` +
        `/health ${slowest.toFixed(0)} ms at the most, ${String(text.length)} characters, ${JSON.stringify(last)}`,
    );
    expect(last).toMatchObject({ done: true, ...end });
    await upstream.requests.at(-1)?.closed;
    expect(text.length).toBeLessThanOrEqual(200_000);
    expect(most - before).toBeLessThan(60);
    expect(ms).toBeLessThan(60_000);
    expect(slowest).toBeLessThan(3000);
  },
);
