import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES, SQLITE, type EmptyDatabase } from '../databases/engines';
import type { ApiClient } from '../setup/api-client';
import { readSend, readWatch } from '../setup/app-reader';
import { openDeployment, type Deployment } from '../setup/deployment';
import { freePort } from '../setup/free-port';
import { redisServer, startRedis } from '../setup/redis';
import { answer, spokenBy, type Upstream } from '../upstream/upstream';

let deployment: Deployment;
let upstream: Upstream;

const send = (api: ApiClient, session_id: string, id: string) =>
  readSend(api, { message: id, session_id }, { 'X-Request-ID': id });

afterEach(() => deployment.remove());

describe.each(ENGINES)('on $name', ({ empty }) => {
  beforeEach(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
  });

  test('another instance shows text within 500 ms, and stops the upstream within a second', async () => {
    const [{ api: one }, { api: two }] = [await deployment.start(), await deployment.start()];
    const spoken = spokenBy(upstream);
    const id = await one.createSession();
    const here = await send(one, id, 'elsewhere');
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('begin');
    await here.seen('begin');
    const there = await readWatch(two, 'elsewhere');
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
      const [doomed, { api: two }] = [await deployment.start(), await deployment.start()];
      const spoken = spokenBy(upstream);
      const id = await two.createSession();
      const here = await send(doomed.api, id, 'killed');
      await expect.poll(() => upstream.requests.length).toBe(1);
      spoken.say('Once upon');
      await here.seen('Once upon');
      const there = await readWatch(two, 'killed');
      await there.seen('Once upon');
      const killedAt = performance.now();
      await doomed.stop('SIGKILL');
      expect(await there.ended).toContain('"state":"interrupted"');
      expect(performance.now() - killedAt).toBeLessThan(30_000);
      expect(await two.messages(id)).toMatchObject([
        { content: 'killed' },
        { content: 'Once upon', state: 'interrupted' },
      ]);
    },
  );

  test('sends to one session on two instances at once are all kept, in order and without gaps', async () => {
    const [{ api: one }, { api: two }] = [await deployment.start(), await deployment.start()];
    upstream.behave(answer('one two three'));
    const id = await one.createSession();
    const sends = Array.from({ length: 40 }, (_, n) =>
      (n % 2 ? one : two).call('POST', '/api/chat', {
        message: `question ${String(n)}`,
        session_id: id,
      }),
    );
    const statuses = (await Promise.all(sends)).map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 200));
    const messages = await two.messages(id);
    expect(messages).toHaveLength(80);
    const asked = messages.filter((_, n) => n % 2 === 0).map(({ content }) => content);
    expect(asked.toSorted()).toEqual(statuses.map((_, n) => `question ${String(n)}`).toSorted());
    expect(messages.filter((_, n) => n % 2 === 1).map(({ content }) => content)).toEqual(
      statuses.map(() => 'one two three'),
    );
  });
});

describe.skipIf(redisServer === null)('with a Redis (needs redis-server)', () => {
  let place: EmptyDatabase;

  beforeEach(async () => {
    place = await SQLITE.empty();
    deployment = await openDeployment(place);
    ({ upstream } = deployment);
  });

  test('live text goes through it, and losing it in the middle loses no text', async () => {
    const redis = await startRedis(await freePort());
    const configuration = { REDIS_URL: redis.url };
    const { api: one } = await deployment.start(configuration);
    const { api: two } = await deployment.start(configuration);
    const spoken = spokenBy(upstream);
    const id = await one.createSession();
    const here = await send(one, id, 'live');
    await expect.poll(() => upstream.requests.length).toBe(1);
    spoken.say('begin');
    const there = await readWatch(two, 'live');
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
    expect(await two.messages(id)).toMatchObject([{ content: 'live' }, { content: here.text() }]);
  });
});
