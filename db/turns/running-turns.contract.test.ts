import { describe, expect, test } from 'vitest';
import { ENGINES } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';

/** Heartbeats, and what processes are told with them. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  let session: StoredSession;

  givenSessions(empty, (given) => {
    ({ store, session } = given);
  });

  const beat = (requestId: string, second: number, instance = 'here') =>
    store.turns.heartbeat({ instance, requestIds: [requestId], now: at(second) });

  async function lifeSignOf(name: string): Promise<string | undefined> {
    const found = await store.turns.instances();
    return found.find(({ instance }) => instance === name)?.lifeSign;
  }

  test('a heartbeat tells which turns are asked to stop, by their owner alone', async () => {
    const { requestId } = (await session.begin()).turn;
    expect(await store.turns.requestStop('other', requestId)).toBe(false);
    const told = { stopRequested: [], ended: [], watched: [] };
    expect(await beat(requestId, 4)).toEqual(told);
    expect(await store.turns.requestStop(session.owner, requestId)).toBe(true);
    expect(await beat(requestId, 5)).toEqual({ ...told, stopRequested: [requestId] });
    await session.end(requestId);
    expect(await beat(requestId, 6)).toEqual({ ...told, ended: [requestId] });
  });

  test('a heartbeat tells which turns are watched on another instance', async () => {
    const { requestId } = (await session.begin({ sessionId: null })).turn;
    await store.turns.renewLease(requestId, at(30));
    expect(await beat(requestId, 4)).toMatchObject({ watched: [{ requestId, until: at(30) }] });
    await session.end(requestId);
  });

  test('each heartbeat is a sign of life of one process, and so is each turn that it begins', async () => {
    const instance = 'one that beats';
    const { requestId } = (await session.begin({ instance })).turn;
    const signs = [await lifeSignOf(instance)];
    await beat(requestId, 2, 'another');
    expect(await lifeSignOf(instance)).toBe(signs[0]);
    // The second is earlier: a clock may be set back.
    for (const second of [8, 5]) {
      await beat(requestId, second, instance);
      signs.push(await lifeSignOf(instance));
    }
    const next = (await session.begin({ instance, now: at(9) })).turn;
    signs.push(await lifeSignOf(instance));
    expect(new Set(signs).size).toBe(4);
    expect((await store.turns.runningOn(instance)).toSorted()).toEqual(
      [requestId, next.requestId].toSorted(),
    );
    await session.end(requestId);
    await session.end(next.requestId);
    expect(await lifeSignOf(instance)).toBeUndefined();
  });

  test('an instance of the release before is alive while it renews its turns', async () => {
    const instance = 'an older version';
    const { requestId } = (await session.begin({ instance })).turn;
    const before = await lifeSignOf(instance);
    await store.turns.renewTurns([requestId], at(7));
    expect(await lifeSignOf(instance)).not.toBe(before);
    await session.end(requestId);
  });

  test('an instance is forgotten some time after its last heartbeat, but not while turns of it run', async () => {
    const instance = 'one that ends';
    const { requestId } = (await session.begin({ instance })).turn;
    await beat(requestId, 3, instance);
    const beating = await lifeSignOf(instance);
    await store.turns.prune({ endedBefore: at(9), keysBefore: at(0) });
    expect(await lifeSignOf(instance)).toBe(beating);
    await session.end(requestId);
    await store.turns.prune({ endedBefore: at(9), keysBefore: at(0) });
    const next = (await session.begin({ instance })).turn;
    expect(await lifeSignOf(instance), 'without a heartbeat').not.toBe(beating);
    await session.end(next.requestId);
  });
});
