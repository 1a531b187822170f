import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { manualClock, type ManualClock } from '@/tests/setup/manual-clock';
import { silentLog } from '@/tests/setup/log';
import { temporaryStore } from '@/tests/setup/store';
import { turnsOver } from '@/tests/setup/turns/turns';
import { turnRecovery } from '@/lib/chat/run/recovery';
import { textOf } from '@/lib/reply/entry';

let store: Store;
let remove: () => Promise<void>;
let clock: ManualClock;
let here: ReturnType<typeof turnsOver>;
let there: ReturnType<typeof turnsOver>;
let finds: number;

const owner = 'somebody';
const keyed = { idempotency: { key: 'k', bodyHash: 'h' } };

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  clock = manualClock();
  finds = 0;
  const counted = {
    ...store.turns,
    find: (...args: Parameters<typeof store.turns.find>) => {
      finds += 1;
      return store.turns.find(...args);
    },
  };
  here = turnsOver(store, { clock, instance: 'here' });
  there = turnsOver(store, { clock, instance: 'there', store: counted });
});
afterEach(() => remove());

test('a turn without a session that is joined on another instance streams there and runs while it is watched', async () => {
  const turn = await here.send(null, keyed);
  const leave = turn.watch(() => undefined);
  const request = await here.model.next();
  request.onText('Once');
  leave();
  await clock.pass(10_000);

  const joined = await there.send(null, keyed);
  expect(joined.requestId).toBe(turn.requestId);
  const leaveThere = joined.watch(() => undefined);
  await clock.pass(60_000);
  expect(request.signal.aborted).toBe(false);
  request.onText(' upon');
  await clock.pass(1000);
  expect(textOf(joined.since(0))).toBe('Once upon');

  leaveThere();
  await clock.pass(10_000);
  expect(request.signal.aborted, 'somebody may still come back').toBe(false);
  await clock.pass(10_000);
  expect(request.signal.aborted, 'nobody came').toBe(true);
});

test('a retry on another instance gets the whole reply and its end', async () => {
  await here.send(null, keyed);
  const request = await here.model.next();
  request.onText('Once');
  await clock.pass(1000);
  const joined = await there.send(null, keyed);
  joined.watch(() => undefined);
  request.onText(' upon');
  request.finish();
  await clock.pass(1000);
  expect([textOf(joined.since(0)), joined.end()]).toMatchObject([
    'Once upon',
    { state: 'complete' },
  ]);
});

test('the stored text of a killed process is kept under its key, and a retry costs no second request', async () => {
  await here.send(null, keyed);
  (await here.model.next()).onText('Once');
  await clock.pass(1000);
  await turnRecovery({
    store: store.turns,
    clock,
    log: silentLog,
    instance: 'there',
    runsHere: () => false,
    isDead: (instance) => instance === 'here',
  })();
  const joined = await there.send(null, keyed);
  expect([textOf(joined.since(0)), joined.end()]).toMatchObject(['Once', { state: 'interrupted' }]);
});

test('the grace period restarts each time the last watcher leaves', async () => {
  const turn = await here.send(null, keyed);
  const request = await here.model.next();
  const visit = async () => {
    const leave = turn.watch(() => undefined);
    await clock.pass(9500);
    leave();
  };
  await visit();
  await clock.pass(5000);
  await visit();
  await clock.pass(14_800);
  expect(request.signal.aborted).toBe(false);
  await clock.pass(300);
  expect(request.signal.aborted).toBe(true);
});

test('without a key a turn is stopped at once, as no client can rejoin it', async () => {
  const turn = await here.send(null);
  const request = await here.model.next();
  turn.watch(() => undefined)();
  expect(request.signal.aborted).toBe(true);
});

test('ten watchers of a remote turn poll the store no more often than one', async () => {
  const id = await here.session();
  const turn = await here.send(id);
  const request = await here.model.next();
  request.onText('Once');
  await clock.pass(500);

  const looksWith = async (watchers: number) => {
    const watched = await Promise.all(
      Array.from({ length: watchers }, () => there.turns.watch(owner, turn.requestId)),
    );
    const leave = watched.map((each) => each?.watch(() => undefined));
    const before = finds;
    await clock.pass(3000);
    for (const each of leave) each?.();
    expect(watched.map((each) => textOf(each?.since(0) ?? []))).toEqual(watched.map(() => 'Once'));
    return finds - before;
  };
  const one = await looksWith(1);
  expect(one).toBeGreaterThan(5);
  expect(await looksWith(10)).toBe(one);

  const before = finds;
  await clock.pass(3000);
  expect(finds, 'nobody looks when nobody watches').toBe(before);
  expect(await there.turns.watch('somebody else', turn.requestId)).toBe(null);
});

test('a remote turn whose row is deleted ends for its watchers', async () => {
  let gone = false;
  const vanishing = {
    ...store.turns,
    find: (...args: Parameters<typeof store.turns.find>) =>
      gone ? Promise.resolve(null) : store.turns.find(...args),
  };
  const other = turnsOver(store, { clock, instance: 'other', store: vanishing });
  const turn = await here.send(await here.session());
  (await here.model.next()).onText('Once');
  await clock.pass(500);
  const watched = await other.turns.watch(owner, turn.requestId);
  watched?.watch(() => undefined);
  gone = true;
  await clock.pass(500);
  expect(watched?.end()).toMatchObject({ state: 'failed', failure: { kind: 'not-found' } });
});

test('after a kill a watcher resumes from the stored text, also when another turn has added to it', async () => {
  const id = await here.session();
  const turn = await here.send(id);
  const request = await here.model.next();
  request.onText('Once');
  await clock.pass(1000);
  request.onText(' lost');
  const seen = turn.length();
  await turnRecovery({
    store: store.turns,
    clock,
    log: silentLog,
    instance: 'there',
    runsHere: () => false,
    isDead: () => true,
  })();
  const resumed = async () => (await there.turns.watch(owner, turn.requestId))?.resumeFrom(seen);
  expect([seen, await resumed()]).toEqual([9, 4]);

  const more = await there.goOn(id, turn.requestId);
  const next = await there.model.next();
  next.onText(' upon a time');
  expect(more.resumeFrom(seen), 'there is that much of the new one').toBe(9);
  next.finish();
  await clock.pass(1500);
  const again = turnsOver(store, { clock, instance: 'third' });
  const first = await again.turns.watch(owner, turn.requestId);
  expect(first?.resumeFrom(seen)).toBe(4);
  expect(textOf(first?.since(4) ?? [])).toBe(' upon a time');
});
