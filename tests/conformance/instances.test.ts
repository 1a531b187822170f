import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, type EmptyDatabase } from '../databases/engines';
import { API_KEYS, apiClient, type ApiClient } from '../setup/api-client';
import { startApp, type RunningApp } from '../setup/app';
import { readTurn } from '../setup/app-reader';
import { freePort } from '../setup/free-port';
import { redisServer, startRedis } from '../setup/redis';
import { answer, spokenBy, startUpstream, type Upstream } from '../upstream/upstream';

let place: EmptyDatabase;
let upstream: Upstream;
let running: RunningApp[];

const start = async (more: Record<string, string> = {}): Promise<ApiClient> => {
  const app = await startApp({
    DATABASE_URI: place.uri,
    APP_SECRET: 'a secret that is only used by these tests',
    OPENAI_BASE_URL: upstream.url,
    API_KEYS,
    CHAT_RATE_LIMIT: '10000/minute',
    API_RATE_LIMIT: '10000/minute',
    CHAT_MEMORY_ENABLED: 'false',
    ...more,
  });
  running.push(app);
  return apiClient(app.url);
};
const session = async (api: ApiClient): Promise<string> =>
  (await api.call('POST', '/api/sessions', {})).body.id;
const messagesOf = async (api: ApiClient, id: string) =>
  (await api.call('GET', `/api/sessions/${id}`)).body.messages as { content: string }[];
const watch = (api: ApiClient, id: string) => readTurn(api, `/api/chat/stream/${id}`);
const send = (api: ApiClient, session_id: string, id: string) =>
  readTurn(api, '/api/chat/stream', { message: id, session_id }, { 'X-Request-ID': id });

beforeEach(async () => {
  upstream = await startUpstream();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((app) => app.stop('SIGKILL')));
  await upstream.close();
  await place.remove();
});

describe.each(ENGINES)('on $name', ({ empty }) => {
  beforeEach(async () => {
    place = await empty();
  });

  test('another instance shows text within 500 ms, and stops the upstream within a second', async () => {
    const [one, two] = [await start(), await start()];
    const spoken = spokenBy(upstream);
    const id = await session(one);
    const here = await send(one, id, 'elsewhere');
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('begin');
    await here.seen('begin');
    const there = await watch(two, 'elsewhere');
    await there.seen('begin');
    const late: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      spoken.say(` word${String(n)}.`);
      const words = `word${String(n)}.`;
      const [seenHere, seenThere] = await Promise.all([here.seen(words), there.seen(words)]);
      late.push(seenThere - seenHere);
    }
    console.log(`text on the other instance, ms later: ${late.map(Math.round).join(' ')}`);
    expect(Math.max(...late)).toBeLessThan(500);

    const askedAt = performance.now();
    expect((await two.call('DELETE', '/api/chat/stream/elsewhere')).status).toBe(204);
    await upstream.requests[0]?.closed;
    expect(performance.now() - askedAt).toBeLessThan(1000);
    expect(await there.ended).toContain('"state":"stopped"');
    expect(there.text()).toBe(here.text());
  });

  test(
    'what a killed instance left running another marks as interrupted, within 30 seconds',
    { timeout: 60_000 },
    async () => {
      const [one, two] = [await start(), await start()];
      const spoken = spokenBy(upstream);
      const id = await session(one);
      const here = await send(one, id, 'killed');
      await expect.poll(() => upstream.requests.length).toBe(1);
      spoken.say('Once upon');
      await here.seen('Once upon');
      const there = await watch(two, 'killed');
      await there.seen('Once upon');
      const killedAt = performance.now();
      await running[0]?.stop('SIGKILL');
      expect(await there.ended).toContain('"state":"interrupted"');
      expect(performance.now() - killedAt).toBeLessThan(30_000);
      expect(await messagesOf(two, id)).toMatchObject([
        { content: 'killed' },
        { content: 'Once upon', state: 'interrupted' },
      ]);
    },
  );

  test('sends to one session on two instances at once are all kept, in order and without gaps', async () => {
    const instances = [await start(), await start()];
    upstream.behave(answer('one two three'));
    const id = await session(instances[0] as ApiClient);
    const sends = Array.from({ length: 40 }, (_, n) =>
      (instances[n % 2] as ApiClient).call('POST', '/api/chat', {
        message: `question ${String(n)}`,
        session_id: id,
      }),
    );
    const statuses = (await Promise.all(sends)).map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 200));
    const messages = await messagesOf(instances[1] as ApiClient, id);
    expect(messages).toHaveLength(80);
    const asked = messages.filter((_, n) => n % 2 === 0).map(({ content }) => content);
    expect(asked.toSorted()).toEqual(statuses.map((_, n) => `question ${String(n)}`).toSorted());
    expect(messages.filter((_, n) => n % 2 === 1).map(({ content }) => content)).toEqual(
      statuses.map(() => 'one two three'),
    );
  });
});

describe.skipIf(redisServer === null)('with a Redis (needs redis-server)', () => {
  beforeEach(async () => {
    place = await (ENGINES[0] as (typeof ENGINES)[number]).empty();
  });

  test('live text goes through it, and losing it in the middle loses no text', async () => {
    const redis = await startRedis(await freePort());
    const configuration = { REDIS_URL: redis.url };
    const [one, two] = [await start(configuration), await start(configuration)];
    const spoken = spokenBy(upstream);
    const id = await session(one);
    const here = await send(one, id, 'live');
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('begin');
    const there = await watch(two, 'live');
    await there.seen('begin');

    // Nothing can be written while this lasts: what the other instance shows came through the Redis.
    const locker = new Sqlite(place.uri.replace('sqlite://', ''));
    locker.exec('BEGIN IMMEDIATE');
    const late: number[] = [];
    for (let n = 0; n < 10; n += 1) {
      const words = ` live${String(n)}.`;
      spoken.say(words);
      const [seenHere, seenThere] = await Promise.all([here.seen(words), there.seen(words)]);
      late.push(seenThere - seenHere);
    }
    locker.exec('COMMIT');
    locker.close();
    console.log(`text through Redis, ms later: ${late.map(Math.round).join(' ')}`);
    expect(Math.max(...late)).toBeLessThan(300);

    await redis.stop();
    for (let n = 0; n < 5; n += 1) {
      spoken.say(` lost${String(n)}.`);
      await there.seen(` lost${String(n)}.`);
    }
    spoken.finish();
    expect(await there.ended).toContain('"state":"complete"');
    await here.ended;
    expect(there.text()).toBe(here.text());
    expect(await messagesOf(two, id)).toMatchObject([
      { content: 'live' },
      { content: here.text() },
    ]);
  });
});
