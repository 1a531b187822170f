import { expect, test } from 'vitest';
import { systemClock } from '@/lib/system-clock';
import { endOf } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';
import type { Clock } from '@/lib/ports/clock';
import { textOf } from '@/lib/reply/entry';

const here = turnsOfEachTest();
const { open, send } = here;

test('a turn without a session is stopped when its last watcher leaves', async () => {
  const turn = await send('hello', { sessionId: null });
  const request = await here.model.next();
  const leave = turn.watch(() => undefined);
  leave();
  expect(request.signal.aborted).toBe(true);
  expect(await endOf(turn)).toMatchObject({ state: 'stopped' });
});

test('without a session, a retry with the same key rejoins the turn', async () => {
  const idempotency = { key: 'come back', bodyHash: 'h' };
  const left = await send('hello', { sessionId: null, idempotency });
  const request = await here.model.next();
  left.watch(() => undefined)();
  const again = await send('hello', { sessionId: null, idempotency });
  request.onText('paid once');
  request.finish();
  expect(await endOf(again)).toMatchObject({ state: 'complete' });
  expect([again.requestId, textOf(again.since(0))]).toEqual([left.requestId, 'paid once']);
});

test('without a session, a turn that no client rejoins is stopped, and a later send is a new turn', async () => {
  // Time runs a thousand times faster.
  const after: Clock['after'] = (ms, run) => systemClock.after(ms / 1000, run);
  here.turns = open('in a hurry', { clock: { ...systemClock, after } });
  const idempotency = { key: 'never', bodyHash: 'h' };
  const left = await send('hello', { sessionId: null, idempotency });
  await here.model.next();
  left.watch(() => undefined)();
  await here.turns.ended(left.requestId);
  expect(left.end()).toMatchObject({ state: 'stopped' });
  const again = await send('hello', { sessionId: null, idempotency });
  expect(again.requestId).not.toBe(left.requestId);
  const request = await here.model.next();
  request.onText('answered');
  request.finish();
  expect(await endOf(again)).toMatchObject({ state: 'complete' });
});

test('a turn with a session goes on without watchers', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  turn.watch(() => undefined)();
  expect(request.signal.aborted).toBe(false);
  request.onText('Hi');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete' });
});
