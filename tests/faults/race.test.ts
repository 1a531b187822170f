import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { answer, cutAfter, startUpstream, type Upstream } from '../upstream/upstream';
import { faultRounds, faultSeed } from './chance';
import { commands, type Place } from './turn-commands';
import { heldReplies } from './held-replies';

const SENDS = 20;
const RUNS = Math.ceil(faultRounds() / 3);

describe.each(ENGINES)('on $name', ({ name, empty }) => {
  const seed = faultSeed();
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

  const start = async (): Promise<RunningApp> => {
    const app = await startApp({
      DATABASE_URI: place.uri,
      APP_SECRET: 'a secret that is only used by these tests',
      OPENAI_BASE_URL: upstream.url,
      API_KEYS,
      CHAT_RATE_LIMIT: '100000/minute',
      API_RATE_LIMIT: '100000/minute',
      CHAT_MEMORY_ENABLED: 'false',
    });
    running.push(app);
    return app;
  };

  /** One send, twenty times at once, streamed and plain, to both processes in turn. */
  const sendAtOnce = (apis: ApiClient[], body: object): Promise<string[]> => {
    const key = { 'Idempotency-Key': randomUUID() };
    const sends = Array.from({ length: SENDS }, async (_, n) => {
      const api = apis[n % apis.length] as ApiClient;
      if (n % 4 < 2) return (await api.stream(body, key)).text;
      return String((await api.call('POST', '/api/chat', body, key)).body.reply);
    });
    return Promise.all(sends);
  };

  test('twenty sends of one key to two processes at once are one turn, paid for once', async () => {
    const apis = [apiClient((await start()).url), apiClient((await start()).url)];
    const [api] = apis as [ApiClient];
    upstream.behave(answer('paid once', { pauseMs: 100 }));
    const { body: session } = await api.call('POST', '/api/sessions', {});
    const texts = await sendAtOnce(apis, { message: 'hello', session_id: session.id });
    expect(texts).toEqual(texts.map(() => 'paid once'));
    expect(upstream.requests).toHaveLength(1);

    upstream.behave(cutAfter('Once'), answer(' upon a time', { pauseMs: 100 }));
    const cut = await api.stream({ message: 'a story', session_id: session.id });
    const goOn = { continue: cut.frames[0]?.request_id, session_id: session.id };
    const whole = await sendAtOnce(apis, goOn);
    expect(whole).toEqual(whole.map(() => 'Once upon a time'));
    expect(upstream.requests).toHaveLength(3);
    const { body } = await api.call('GET', `/api/sessions/${String(session.id)}`);
    expect(body.messages.map(({ content }: { content: string }) => content)).toEqual([
      'hello',
      'paid once',
      'a story',
      'Once upon a time',
    ]);
  });

  test(
    `whatever is done to turns, in any order, a session is what it should be (seed ${String(seed)})`,
    { timeout: 60_000 + RUNS * 30_000 },
    async () => {
      const apps = [await start(), await start()];
      const held = heldReplies(upstream);
      const real: Place = {
        apis: apps.map(({ url }) => apiClient(url)),
        sessionId: '',
        upstream,
        held,
        done: new Map(),
        kill: async (index) => {
          await apps[index]?.stop('SIGKILL');
          apps[index] = await start();
          real.apis[index] = apiClient(apps[index].url);
        },
      };
      await fc.assert(
        fc.asyncProperty(
          fc.commands(commands, { maxCommands: 60, size: 'max' }),
          async (chosen) => {
            const { body } = await (real.apis[0] as ApiClient).call('POST', '/api/sessions', {});
            real.sessionId = String(body.id);
            upstream.requests.length = 0;
            const setup = () => ({ model: { slots: [], turns: [] }, real });
            await fc.asyncModelRun(setup, chosen);
          },
        ),
        { seed, numRuns: RUNS, endOnFailure: true },
      );
      const done = [...real.done].map(([what, times]) => `${String(times)} ${what}`);
      console.log(
        `turns by chance on ${name}: seed ${String(seed)}, ${String(RUNS)} runs: ${done.join(', ')}`,
      );
      expect(real.done.get('send')).toBeGreaterThan(0);
    },
  );
});
