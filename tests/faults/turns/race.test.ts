import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, POSTGRES } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { answer, cutAfter, type Upstream } from '../../upstream/upstream';
import { faultRounds, faultSeed } from '../chance';
import { commands, send, type Place } from './turn-commands';
import { heldReplies } from './held-replies';

const SENDS = 20;
const RUNS = Math.ceil(faultRounds() / 3);

describe.each(bothAtLength(POSTGRES))('on $name', ({ name, empty }) => {
  const seed = faultSeed();
  let deployment: Deployment;
  let upstream: Upstream;

  beforeEach(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
  });
  afterEach(() => deployment.remove());

  /** Retries on 503: on a busy machine the connection pool may run out. */
  const retryWhileBusy = async (ask: () => Promise<{ status: number; reply: unknown }>) => {
    for (;;) {
      const { status, reply } = await ask();
      if (status !== 503) return `${String(status)} ${String(reply)}`;
    }
  };

  /** Sends one message twenty times concurrently, streamed and plain, alternating between both processes. */
  const sendAtOnce = (apis: ApiClient[], body: object): Promise<string[]> => {
    const key = { 'Idempotency-Key': randomUUID() };
    const sends = Array.from({ length: SENDS }, async (_, n) => {
      const api = apis[n % apis.length] as ApiClient;
      return retryWhileBusy(async () => {
        if (n % 4 < 2) {
          const { status, text, last } = await api.stream(body, key);
          return { status: last?.code ?? status, reply: text };
        }
        const { status, body: answered } = await api.call('POST', '/api/chat', body, key);
        return { status, reply: answered.reply };
      });
    });
    return Promise.all(sends);
  };

  test('twenty concurrent sends with one key to two processes are one turn, generated once', async () => {
    const [{ api }, { api: other }] = [await deployment.start(), await deployment.start()];
    upstream.behave(answer('paid once', { pauseMs: 100 }));
    const session_id = await api.createSession();
    const texts = await sendAtOnce([api, other], { message: 'hello', session_id });
    expect(texts).toEqual(texts.map(() => '200 paid once'));
    expect(upstream.requests).toHaveLength(1);

    upstream.behave(cutAfter('Once'), answer(' upon a time', { pauseMs: 100 }));
    const cut = await api.stream({ message: 'a story', session_id });
    const goOn = { continue: cut.frames[0]?.request_id, session_id };
    const whole = await sendAtOnce([api, other], goOn);
    expect(whole).toEqual(whole.map(() => '200 Once upon a time'));
    expect(upstream.requests).toHaveLength(3);
    expect((await api.messages(session_id)).map(({ content }) => content)).toEqual([
      'hello',
      'paid once',
      'a story',
      'Once upon a time',
    ]);
  });

  test(
    `after any sequence of commands a session matches the model (seed ${String(seed)})`,
    { timeout: 60_000 + RUNS * 30_000 },
    async () => {
      const instances = [await deployment.start(), await deployment.start()];
      const held = heldReplies(upstream);
      const real: Place = {
        apis: instances.map(({ api }) => api),
        sessionId: '',
        upstream,
        held,
        done: new Map(),
        kill: async (index) => {
          await instances[index]?.stop('SIGKILL');
          instances[index] = await deployment.start();
          real.apis[index] = instances[index].api;
        },
      };
      await fc.assert(
        fc.asyncProperty(
          fc.commands(commands, { maxCommands: 60, size: 'max' }),
          async (chosen) => {
            real.sessionId = await (real.apis[0] as ApiClient).createSession();
            upstream.requests.length = 0;
            const setup = () => ({ model: { slots: [], turns: [] }, real });
            // No other command is possible before the first send.
            await fc.asyncModelRun(setup, [send(0), ...chosen]);
          },
        ),
        { seed, numRuns: RUNS, endOnFailure: true },
      );
      const done = [...real.done].map(([what, times]) => `${String(times)} ${what}`);
      console.log(
        `turns by chance on ${name}: seed ${String(seed)}, ${String(RUNS)} runs: ${done.join(', ')}`,
      );
      expect(real.done.get('send')).toBeGreaterThanOrEqual(RUNS);
    },
  );
});
