import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { answer, status, type Upstream } from '../../upstream/upstream';
import { faultRounds } from '../chance';

const LOADS_MS = 45_000;
const STARTS_MS = 12_000;
/** The short part of it, with waits of milliseconds, is in tests/conformance/turns/upstream-answers.test.ts. */
const AT_LENGTH = faultRounds() > 4;

describe.runIf(AT_LENGTH)('with the settings that nobody changed (only at length)', () => {
  let deployment: Deployment;
  let upstream: Upstream;
  let instance: Instance;

  beforeAll(async () => {
    deployment = await openDeployment(await SQLITE.empty());
    ({ upstream } = deployment);
    instance = await deployment.start();
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  const timed = async (send: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await send();
    return performance.now() - startedAt;
  };

  test('a model that is silent for 45 s while it loads is waited for, and asked once', async () => {
    upstream.behave((response, request) => {
      setTimeout(() => void answer('Here I am')(response, request), LOADS_MS);
    });
    const took = await timed(async () => {
      expect(await instance.api.stream({ message: 'hello' })).toMatchObject({
        text: 'Here I am',
        last: { state: 'complete' },
      });
    });
    expect(upstream.requests).toHaveLength(1);
    expect(took).toBeGreaterThan(LOADS_MS - 50);
    console.info(`a model that loads for 45 s: its reply after ${(took / 1000).toFixed(1)} s`);
  }, 120_000);

  test.each([
    ['says that it loads', { error: { code: 503, message: 'Loading model' } }],
    ['says nothing but 503', {}],
  ])(
    'a server that %s for 12 s is asked until it answers',
    async (how, body) => {
      const readyAt = performance.now() + STARTS_MS;
      upstream.behave((response, request) =>
        (performance.now() < readyAt ? status(503, body) : answer('Here I am'))(response, request),
      );
      const took = await timed(async () => {
        expect(
          (await instance.api.call('POST', '/api/chat', { message: 'hello' })).body,
        ).toMatchObject({ reply: 'Here I am' });
      });
      const requestCount = upstream.requests.length;
      expect(requestCount).toBeGreaterThan(2);
      console.info(
        `a server that ${how} for 12 s: asked ${String(requestCount)} times, its reply after ${(took / 1000).toFixed(1)} s`,
      );
    },
    120_000,
  );
});
