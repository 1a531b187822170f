import { expect, test } from 'vitest';
import { recordingLog } from '@/tests/setup/log';
import { watchChanges, type SessionChange } from './changes';

const change = (version: number, deleted = false): SessionChange => ({
  sessionId: 's',
  version,
  deleted,
});

/** A store whose results a test sets, and a clock that it moves. */
function open() {
  const timers: (() => void)[] = [];
  const { log, logged } = recordingLog();
  const queries: { owners: readonly string[]; since: Date }[] = [];
  const state = { now: 1_000_000, rows: [change(1)], about: 5, broken: false };
  const changes = watchChanges({
    store: {
      changedSince: (owners, since) => {
        queries.push({ owners, since });
        if (state.broken) return Promise.reject(new Error('away'));
        return Promise.resolve(
          owners.flatMap((owner) => state.rows.map((row) => ({ ...row, owner }))),
        );
      },
    },
    about: {
      writtenAt: (owners) =>
        Promise.resolve(new Map(owners.map((owner) => [owner, new Date(state.about)]))),
    },
    clock: {
      now: () => new Date(state.now),
      after: (_ms, run) => {
        timers.push(run);
        return () => undefined;
      },
    },
    log,
  });
  /** Advances the clock by a second and runs what is due. */
  const second = async () => {
    state.now += 1000;
    for (const run of timers.splice(0)) run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const look = async (owner = 'me') => {
    const received: SessionChange[] = [];
    const take = ({ sessionId, version, deleted }: SessionChange) =>
      received.push({ sessionId, version, deleted });
    let ended = false;
    let abouts = 0;
    const unsubscribe = await changes.subscribe(owner, {
      notify: ({ sessions, about }) => {
        sessions.forEach(take);
        if (about) abouts += 1;
      },
      end: () => (ended = true),
    });
    return { received, unsubscribe, ended: () => ended, abouts: () => abouts };
  };
  return { changes, state, queries, timers, logged, second, look };
}

test('existing sessions are not notified, a change is notified once', async () => {
  const { state, second, look } = open();
  const { received } = await look();
  await second();
  expect(received).toEqual([]);
  state.rows = [change(2), { ...change(1), sessionId: 'new' }];
  await second();
  await second();
  expect(received).toEqual(state.rows);
  state.rows = [change(3, true)];
  await second();
  expect(received.at(-1)).toEqual(change(3, true));
});

test('subscribers of one owner share a poll, and without subscribers there is none', async () => {
  const { queries, timers, second, look, state } = open();
  const [one, two] = await Promise.all([look(), look()]);
  expect(queries).toHaveLength(1);
  state.rows = [change(2)];
  await second();
  expect([one.received, two.received]).toEqual([[change(2)], [change(2)]]);
  one.unsubscribe();
  two.unsubscribe();
  await second();
  expect(queries).toHaveLength(2);
  expect(timers).toEqual([]);
});

test('there is one poll a second for any number of owners', async () => {
  const { queries, timers, second, look, state } = open();
  const feeds = await Promise.all([look('me'), look('you'), look('them')]);
  expect(queries).toHaveLength(3);
  await second();
  expect(queries.slice(3)).toMatchObject([{ owners: ['me', 'you', 'them'] }]);
  expect(timers).toHaveLength(1);
  state.rows = [change(2)];
  feeds[1]?.unsubscribe();
  await second();
  expect(feeds.map(({ received }) => received)).toEqual([[change(2)], [], [change(2)]]);
  expect(queries.at(-1)).toMatchObject({ owners: ['me', 'them'] });
});

test('a subscriber that joins during a poll is not notified of earlier changes', async () => {
  const { second, look, state } = open();
  await look('me');
  const [late] = await Promise.all([look('you'), second()]);
  state.rows = [change(2)];
  await second();
  expect(late.received).toEqual([change(2)]);
});

test('a subscriber that joins after the last one left is not notified of changes in between', async () => {
  const { second, look, state } = open();
  const first = await look();
  await second();
  first.unsubscribe();
  state.rows = [change(2)];
  const next = await look();
  await second();
  expect(next.received).toEqual([]);
  state.rows = [change(3)];
  await second();
  expect(next.received).toEqual([change(3)]);
});

test('a poll reaches back over clock differences and delayed commits', async () => {
  const { queries, second, look, state } = open();
  await look();
  await second();
  expect(state.now - (queries.at(-1)?.since.getTime() ?? 0)).toBeGreaterThanOrEqual(120_000);
});

test('no change is missed after an outage of the store', async () => {
  const { queries, state, second, look, logged } = open();
  const { received } = await look();
  state.broken = true;
  await second();
  expect(logged).toMatchObject([{ event: 'changes.poll_failed' }]);
  state.now += 3_600_000;
  state.broken = false;
  state.rows = [change(2)];
  await second();
  expect(received).toEqual([change(2)]);
  expect(queries.at(-1)?.since.getTime()).toBeLessThan(1_000_000);
});

test('an unavailable store refuses a subscriber, and the next one starts over', async () => {
  const { state, look } = open();
  state.broken = true;
  await expect(look()).rejects.toThrow('away');
  state.broken = false;
  expect((await look()).received).toEqual([]);
});

test('closing ends all subscriptions and refuses new ones', async () => {
  const { changes, look, second, timers } = open();
  const { ended } = await look();
  changes.close();
  expect(ended()).toBe(true);
  await expect(look()).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  await second();
  expect(timers).toEqual([]);
});

test("the owner's own text is notified once for each change, and not what it was before", async () => {
  const { state, second, look } = open();
  const { received, abouts } = await look();
  await second();
  expect(abouts()).toBe(0);
  state.about = 6;
  await second();
  await second();
  expect(abouts()).toBe(1);
  expect(received).toEqual([]);
});
