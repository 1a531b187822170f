import { randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bothAtLength, type EmptyDatabase, POSTGRES, SQLITE } from '../../databases/engines';
import type { ApiClient } from '../../programs/api-client';
import { readSend, readWatch, type Reading } from '../../programs/app-reader';
import { openDeployment, type Deployment } from '../../programs/deployment';
import { expectWithin, timeOf } from '../../setup/expect-within';
import { freePort } from '../../programs/free-port';
import { redisServer, startRedis } from '../../programs/redis';
import { unitsOfMessage } from '../../programs/units';
import { heldReplies } from '../../faults/turns/held-replies';
import { answer, spokenBy, type Upstream } from '../../upstream/upstream';

let deployment: Deployment;
let upstream: Upstream;

const send = (api: ApiClient, session_id: string, id: string) =>
  readSend(api, { message: id, session_id }, { 'X-Request-ID': id });

/** The longest lag of ten words on the other instance, behind this one. */
async function longestLag(
  say: (words: string) => void,
  here: Reading,
  there: Reading,
): Promise<number> {
  const late: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const words = ` ${randomUUID()}.`;
    say(words);
    const [seenHere, seenThere] = await Promise.all([here.seen(words), there.seen(words)]);
    late.push(seenThere - seenHere);
  }
  console.log(`text on the other instance, ms later: ${late.map(Math.round).join(' ')}`);
  return Math.max(...late);
}

describe.each(bothAtLength(POSTGRES))('on $name', ({ empty }) => {
  let one: ApiClient;
  let two: ApiClient;

  beforeAll(async () => {
    deployment = await openDeployment(await empty());
    ({ upstream } = deployment);
    ({ api: one } = await deployment.start());
    ({ api: two } = await deployment.start());
  });
  afterAll(() => deployment.remove());
  beforeEach(() => {
    upstream.reset();
  });

  test('another instance shows text within 500 ms, and stops the upstream within a second', async () => {
    const spoken = spokenBy(upstream);
    const begin = async () => {
      const id = randomUUID();
      const here = await send(one, await one.createSession(), id);
      await expect.poll(() => upstream.requests.at(-1)?.body.messages.at(-1)?.content).toBe(id);
      spoken.say('begin');
      await here.seen('begin');
      const there = await readWatch(two, id);
      await there.seen('begin');
      return { id, here, there };
    };
    const { here, there } = await begin();
    await expectWithin(500, () => longestLag(spoken.say, here, there));

    await expectWithin(1000, async () => {
      const stopped = await begin();
      const took = await timeOf(async () => {
        const { status } = await two.call('DELETE', `/api/chat/stream/${stopped.id}`);
        expect(status).toBe(204);
        await upstream.requests.at(-1)?.closed;
      });
      expect(await stopped.there.ended).toContain('"state":"stopped"');
      await stopped.here.ended;
      expect(stopped.there.text()).toBe(stopped.here.text());
      return took;
    });
  });

  test(
    'another instance marks the turns of a killed instance as interrupted within 30 seconds',
    { timeout: 60_000 },
    async () => {
      const doomed = await deployment.start();
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

  test('concurrent sends to one session on two instances are all stored, in order and without gaps', async () => {
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
    const questions = messages.filter((_, n) => n % 2 === 0).map(({ content }) => content);
    expect(questions.toSorted()).toEqual(
      statuses.map((_, n) => `question ${String(n)}`).toSorted(),
    );
    expect(messages.filter((_, n) => n % 2 === 1).map(({ content }) => content)).toEqual(
      statuses.map(() => 'one two three'),
    );
  });
});

test('on PostgreSQL two instances without Redis share the rate limits: of 200 concurrent sends exactly 20 are admitted, and of 200 pages 30 with 10 new visitors', async () => {
  const limits = {
    CHAT_RATE_LIMIT: '20/day',
    API_RATE_LIMIT: '1000/day;10000/day',
    PAGE_RATE_LIMIT: '30/day',
    VISITOR_RATE_LIMIT: '10/day',
  };
  deployment = await openDeployment(await POSTGRES.empty(), limits);
  deployment.upstream.behave(answer('hi'));
  const apps = await Promise.all([deployment.start(), deployment.start()]);
  const apis = apps.map(({ api }) => api);
  const sent = Array.from({ length: 200 }, async (_, n) => {
    const { status, headers } = await apis[n % 2]!.call('POST', '/api/chat', { message: 'hi' });
    return { status, left: headers.get('x-ratelimit-remaining') };
  });
  const answers = await Promise.all(sent);
  const admitted = answers.filter(({ status }) => status === 200);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(180);
  expect(admitted.map(({ left }) => Number(left)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, n) => n),
  );
  // Pages, each for a new visitor: the limits of both are shared, too.
  const pages = await Promise.all(
    Array.from({ length: 200 }, (_, n) => fetch(`${apps[n % 2]!.url}/`)),
  );
  const statuses = Map.groupBy(pages, ({ status }) => status);
  expect([statuses.get(200)?.length, statuses.get(429)?.length]).toEqual([30, 170]);
  const visitors = pages.filter(({ headers }) => headers.get('set-cookie')?.includes('owner'));
  expect(visitors).toHaveLength(10);
  const said = apps.flatMap((app) => app.logged()).filter(({ level }) => level === 'warn');
  expect(said).toEqual([]);
  await deployment.remove();
});

describe.skipIf(redisServer === null)('with a Redis (needs redis-server)', () => {
  let place: EmptyDatabase;

  beforeAll(async () => {
    place = await SQLITE.empty();
    deployment = await openDeployment(place);
    ({ upstream } = deployment);
  });
  afterAll(() => deployment.remove());

  test('live text, reasoning and sources go through Redis, and losing Redis in the middle loses none', async () => {
    const redis = await startRedis(await freePort());
    const configuration = { REDIS_URL: redis.url };
    const { api: one } = await deployment.start(configuration);
    const { api: two } = await deployment.start(configuration);
    const question = 'question 1';
    const held = heldReplies(upstream);
    const said: string[] = [];
    const say = (words: string) => said.push(...held.say(question, words));
    const id = await one.createSession();
    const here = await readSend(
      one,
      { message: question, session_id: id },
      { 'X-Request-ID': 'live' },
    );
    await expect.poll(() => held.isHeld(question)).toBe(true);
    say('begin');
    const there = await readWatch(two, 'live');
    await there.seen('begin');

    // While this locks the database, the other instance gets text only through Redis.
    const locker = new Sqlite(place.uri.replace('sqlite://', ''));
    locker.exec('BEGIN IMMEDIATE');
    await expectWithin(300, () => longestLag(say, here, there));
    locker.exec('COMMIT');
    locker.close();

    await redis.stop();
    for (let n = 0; n < 5; n += 1) {
      say(` lost${String(n)}.`);
      await there.seen(` lost${String(n)}.`);
    }
    held.finish(question);
    expect(await there.ended).toContain('"state":"complete"');
    await here.ended;
    expect(there.content()).toBe(said.join(''));
    expect(here.content()).toBe(said.join(''));
    const [, reply] = await two.messages(id);
    expect(reply && unitsOfMessage(reply).join('')).toBe(said.join(''));
  });
});
