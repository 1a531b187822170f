import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { systemClock } from '@/lib/system-clock';
import { silentLog } from '@/tests/setup/log';
import { endOf } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';
import { turnRecovery } from '@/lib/chat/run/recovery';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import { textFrom } from '@/tests/setup/entries';

const here = turnsOfEachTest();
const { owner, open, send, contents } = here;

test('a turn of a dead process is interrupted and keeps its stored text', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once upon');
  await expect.poll(() => textFrom(here.store.turns, turn.requestId, 0)).toBe('Once upon');
  const recovering = {
    store: here.store.turns,
    clock: systemClock,
    log: silentLog,
    instance: 'another process',
    runsHere: () => false,
  };
  await turnRecovery({ ...recovering, isDead: () => false })();
  expect(await here.store.turns.runningIn(owner, here.sessionId)).toEqual([turn.requestId]);
  await turnRecovery({ ...recovering, isDead: (instance) => instance === 'this process' })();
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
});

test('a turn that was wrongly recovered stops its request and adds its remaining text', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once upon');
  await expect.poll(() => textFrom(here.store.turns, turn.requestId, 0)).toBe('Once upon');
  const recovering = {
    store: here.store.turns,
    clock: systemClock,
    log: silentLog,
    instance: 'another process',
    runsHere: () => false,
  };
  await turnRecovery({ ...recovering, isDead: () => true })();
  request.onText(' a time');
  expect(await endOf(turn)).toMatchObject({ state: 'interrupted' });
  expect(request.signal.aborted).toBe(true);
  expect((await contents()).at(-1)).toMatchObject({
    content: 'Once upon a time',
    state: 'interrupted',
  });
});

test('a turn that is stopped before its first text counts its prompt once the upstream was asked', async () => {
  const spentBy = async (text: string, isAsked: boolean) => {
    const inputOf = async () => {
      const range = { from: '2000-01-01', to: '2099-12-31', owner };
      return (await here.store.usage.total(range)).input;
    };
    const before = await inputOf();
    const turn = await send(text);
    const { onSent, messages } = await here.model.next();
    if (isAsked) onSent?.({ model: 'm', messages, parameters: {} });
    await here.turns.stop(owner, turn.requestId);
    expect(await endOf(turn)).toMatchObject({ state: 'stopped' });
    return (await inputOf()) - before;
  };
  expect(await spentBy('x'.repeat(4000), true)).toBeGreaterThanOrEqual(1000);
  expect(await spentBy('x'.repeat(4000), false)).toBe(0);
});

test("a turn is interrupted, with its text, before the host's time limit", async () => {
  const limits: { ms: number; run: () => void }[] = [];
  const clock = {
    ...systemClock,
    after(ms: number, run: () => void) {
      if (ms !== 285_000) return systemClock.after(ms, run);
      limits.push({ ms, run });
      return () => undefined;
    },
  };
  here.turns = open('this process', { clock, turnMaxMs: 285_000 });
  const turn = await send('hello');
  (await here.model.next()).onText('Once upon');
  expect(limits).toHaveLength(1);
  limits[0]?.run();
  await here.turns.ended(turn.requestId);
  expect(turn.end()).toMatchObject({ state: 'interrupted', failure: { kind: 'interrupted' } });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
});

test('a reply is stored after a long outage of the store', async () => {
  let away = true;
  const end: TurnStore['end'] = (result) =>
    away
      ? Promise.reject(new AppError({ kind: 'unavailable', reason: 'store', retryAfterSeconds: 5 }))
      : here.store.turns.end(result);
  // Retry delays are shortened, so that a long outage takes a moment.
  let attempts = 0;
  const after = (ms: number, run: () => void) => {
    if (ms === 5000) attempts += 1;
    if (attempts === 20) away = false;
    return systemClock.after(Math.min(ms, 5), run);
  };
  const clock = { ...systemClock, after };
  here.turns = open('this process', { clock, store: { ...here.store.turns, end } });
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once upon');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete' });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'complete' });
});

test('a send that is being stored when a drain begins still runs and is kept', async () => {
  const sending = send('hello');
  const drained = here.turns.drain(5000);
  const request = await here.model.next();
  request.onText('Hi');
  request.finish();
  await drained;
  expect((await sending).end()).toMatchObject({ state: 'complete' });
});

test('a draining process refuses new turns and interrupts those that do not end in time', async () => {
  const turn = await send('hello');
  (await here.model.next()).onText('Once upon');
  await here.turns.drain(10);
  expect(turn.end()).toMatchObject({ state: 'interrupted' });
  await expect(send('more')).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
});
