import { expect, test } from 'vitest';
import { recordingLog } from '@/tests/setup/log';
import { watchChanges, type SessionChange } from './changes';

const change = (version: number, deleted = false): SessionChange => ({
  sessionId: 's',
  version,
  deleted,
});

/** A store whose answers a test sets, and a clock that it moves. */
function open() {
  const timers: (() => void)[] = [];
  const { log, logged } = recordingLog();
  const asked: { owners: readonly string[]; since: Date }[] = [];
  const state = { now: 1_000_000, rows: [change(1)], broken: false };
  const changes = watchChanges({
    store: {
      changedSince: (owners, since) => {
        asked.push({ owners, since });
        if (state.broken) return Promise.reject(new Error('away'));
        return Promise.resolve(
          owners.flatMap((owner) => state.rows.map((row) => ({ ...row, owner }))),
        );
      },
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
  /** Lets a second go by, with whatever it sets off. */
  const second = async () => {
    state.now += 1000;
    for (const run of timers.splice(0)) run();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const look = async (owner = 'me') => {
    const told: SessionChange[] = [];
    const take = ({ sessionId, version, deleted }: SessionChange) =>
      told.push({ sessionId, version, deleted });
    let ended = false;
    const leave = await changes.look(owner, {
      tell: (more) => {
        more.forEach(take);
      },
      end: () => (ended = true),
    });
    return { told, leave, ended: () => ended };
  };
  return { changes, state, asked, timers, logged, second, look };
}

test('what was there before is not told, a change is told once', async () => {
  const { state, second, look } = open();
  const { told } = await look();
  await second();
  expect(told).toEqual([]);
  state.rows = [change(2), { ...change(1), sessionId: 'new' }];
  await second();
  await second();
  expect(told).toEqual(state.rows);
  state.rows = [change(3, true)];
  await second();
  expect(told.at(-1)).toEqual(change(3, true));
});

test('all who look on for an owner share one look, and without them there is none', async () => {
  const { asked, timers, second, look, state } = open();
  const [one, two] = await Promise.all([look(), look()]);
  expect(asked).toHaveLength(1);
  state.rows = [change(2)];
  await second();
  expect([one.told, two.told]).toEqual([[change(2)], [change(2)]]);
  one.leave();
  two.leave();
  await second();
  expect(asked).toHaveLength(2);
  expect(timers).toEqual([]);
});

test('however many owners are watched, there is one look a second for all of them', async () => {
  const { asked, timers, second, look, state } = open();
  const feeds = await Promise.all([look('me'), look('you'), look('them')]);
  expect(asked).toHaveLength(3);
  await second();
  expect(asked.slice(3)).toMatchObject([{ owners: ['me', 'you', 'them'] }]);
  expect(timers).toHaveLength(1);
  state.rows = [change(2)];
  feeds[1]?.leave();
  await second();
  expect(feeds.map(({ told }) => told)).toEqual([[change(2)], [], [change(2)]]);
  expect(asked.at(-1)).toMatchObject({ owners: ['me', 'them'] });
});

test('who comes while others are looked for is told nothing of what was there before', async () => {
  const { second, look, state } = open();
  await look('me');
  const [late] = await Promise.all([look('you'), second()]);
  state.rows = [change(2)];
  await second();
  expect(late.told).toEqual([change(2)]);
});

test('who comes just after the last one has left is told nothing of what happened in between', async () => {
  const { second, look, state } = open();
  const first = await look();
  await second();
  first.leave();
  state.rows = [change(2)];
  const next = await look();
  await second();
  expect(next.told).toEqual([]);
  state.rows = [change(3)];
  await second();
  expect(next.told).toEqual([change(3)]);
});

test('a look reaches back over what other clocks and a busy store delay', async () => {
  const { asked, second, look, state } = open();
  await look();
  await second();
  expect(state.now - (asked.at(-1)?.since.getTime() ?? 0)).toBeGreaterThanOrEqual(120_000);
});

test('a store that is away for a while makes no gap', async () => {
  const { asked, state, second, look, logged } = open();
  const { told } = await look();
  state.broken = true;
  await second();
  expect(logged).toMatchObject([{ event: 'changes.look_failed' }]);
  state.now += 3_600_000;
  state.broken = false;
  state.rows = [change(2)];
  await second();
  expect(told).toEqual([change(2)]);
  expect(asked.at(-1)?.since.getTime()).toBeLessThan(1_000_000);
});

test('a store that cannot be had refuses, and the next one who looks on begins anew', async () => {
  const { state, look } = open();
  state.broken = true;
  await expect(look()).rejects.toThrow('away');
  state.broken = false;
  expect((await look()).told).toEqual([]);
});

test('a process that ends lets everybody go and takes nobody', async () => {
  const { changes, look, second, timers } = open();
  const { ended } = await look();
  changes.close();
  expect(ended()).toBe(true);
  await expect(look()).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  await second();
  expect(timers).toEqual([]);
});
