import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { systemClock } from '@/lib/system-clock';
import { silentLog } from '@/tests/setup/log';
import { manualClock } from '@/tests/setup/manual-clock';
import { endOf } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';
import { turnRecovery } from '@/lib/chat/run/recovery';
import { textFrom } from '@/tests/setup/entries';
import { textOf } from '@/lib/reply/entry';

const here = turnsOfEachTest();
const { owner, goOn, stoppedAfter, contents } = here;
const refusedByUpstream = new AppError({ kind: 'upstream', reason: 'refused' });

test('a continued reply is one text for readers, memory and watchers', async () => {
  const stopped = await stoppedAfter('Once');
  const turn = await goOn(stopped);
  expect([textOf(turn.since(0)), await textFrom(here.store.turns, turn.requestId, 0)]).toEqual([
    'Once',
    'Once',
  ]);
  const request = await here.model.next();
  expect(request.messages.map(({ content }) => content)).toEqual([
    'You are a helpful assistant.',
    'hello',
    'Once',
    expect.stringContaining('Go on exactly where it stopped'),
  ]);
  expect(await contents()).toMatchObject([{}, { content: 'Once', state: 'stopped' }]);
  request.onText(' upon');
  await expect.poll(() => textFrom(here.store.turns, turn.requestId, 0)).toBe('Once upon');
  request.finish({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
  expect(await endOf(turn)).toMatchObject({ state: 'complete', usage: { total_tokens: 5 } });
  expect(textOf(turn.since(2))).toBe('ce upon');
  expect(await here.store.messages.branch({ owner, sessionId: here.sessionId })).toMatchObject([
    { content: 'hello' },
    { content: 'Once upon', state: 'complete', tokens: null, turn: turn.requestId },
  ]);
  expect(here.exchanges).toMatchObject([{ user: 'hello', reply: 'Once upon' }]);
});

test('a continuation without output leaves the reply as it was and gives the reason', async () => {
  const stopped = await stoppedAfter('Once');
  const refused = await goOn(stopped);
  (await here.model.next()).fail(refusedByUpstream);
  expect(await endOf(refused)).toMatchObject({
    state: 'interrupted',
    failure: refusedByUpstream.failure,
  });
  const empty = await goOn(refused.requestId);
  (await here.model.next()).finish();
  expect(await endOf(empty)).toMatchObject({ state: 'interrupted', failure: { reason: 'empty' } });
  const held = await goOn(empty.requestId);
  await here.model.next();
  await here.turns.stop(owner, held.requestId);
  expect(await endOf(held)).toMatchObject({ state: 'stopped', failure: null });
  expect(await contents()).toEqual([
    { role: 'user', content: 'hello', state: 'complete' },
    { role: 'assistant', content: 'Once', state: 'stopped' },
  ]);
  expect([here.exchanges, await here.store.turns.failedIn(owner, here.sessionId)]).toEqual([
    [],
    [],
  ]);
});

test('how long the model thought is the sum over the turns of a reply', async () => {
  const clock = manualClock();
  here.turns = here.open('this process', { clock });
  const think = async (ms: number) => {
    const request = await here.model.next();
    request.onReasoning('hm');
    await clock.pass(ms);
    return request;
  };
  const first = await here.send('hello');
  (await think(1000)).finish(null, 'length');
  expect(await endOf(first)).toMatchObject({ thoughtMs: 1000 });
  const second = await goOn(first.requestId);
  const more = await think(500);
  more.onText('Once');
  await clock.pass(700);
  more.finish(null, 'length');
  expect(await endOf(second)).toMatchObject({ thoughtMs: 1500 });
  const third = await goOn(second.requestId);
  const last = await here.model.next();
  last.onText(' upon');
  last.finish();
  expect(await endOf(third)).toMatchObject({ state: 'complete', thoughtMs: 1500 });
  const [, reply] = await here.store.messages.branch({ owner, sessionId: here.sessionId });
  expect(reply).toMatchObject({ content: 'Once upon', thoughtMs: 1500 });
});

/** Ends all running turns as those of a dead process. */
const recover = () =>
  turnRecovery({
    store: here.store.turns,
    clock: systemClock,
    log: silentLog,
    instance: 'another process',
    runsHere: () => false,
    isDead: (instance) => instance === 'this process',
  })();

test('a process that dies during a continuation keeps the reply, which can be continued again', async () => {
  const stopped = await stoppedAfter('Once');
  const turn = await goOn(stopped);
  const request = await here.model.next();
  request.onText(' upon');
  await expect.poll(() => textFrom(here.store.turns, turn.requestId, 0)).toBe('Once upon');
  await recover();
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
  const again = await goOn(turn.requestId);
  const { onText, finish } = await here.model.next();
  onText(' a time');
  finish();
  expect(await endOf(again)).toMatchObject({ state: 'complete' });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon a time' });
});

test.each([
  ['thought on', 'hm', null],
  ['only wrote', '', 1000],
])(
  'after a continuation that %s until its process died, the time of thought is right or unknown',
  async (_what, thought, known) => {
    const clock = manualClock();
    here.turns = here.open('this process', { clock });
    const first = await here.send('hello');
    const thinking = await here.model.next();
    thinking.onReasoning('first');
    await clock.pass(1000);
    thinking.finish(null, 'length');
    await endOf(first);

    here.turns = here.open('this process');
    const second = await goOn(first.requestId);
    const killed = await here.model.next();
    if (thought) killed.onReasoning(thought);
    killed.onText('Once');
    await expect.poll(() => textFrom(here.store.turns, second.requestId, 0)).toBe('Once');
    await recover();
    const thoughtMs = async () => {
      const [, reply] = await here.store.messages.branch({ owner, sessionId: here.sessionId });
      return reply?.thoughtMs;
    };
    expect(await thoughtMs()).toBe(known);

    here.turns = here.open('this process', { clock });
    const third = await goOn(second.requestId);
    const last = await here.model.next();
    last.onReasoning('last');
    await clock.pass(500);
    last.onText(' upon');
    last.finish();
    await endOf(third);
    expect(await thoughtMs()).toBe(known === null ? null : known + 500);
  },
);

test('what the upstream had counted of a stopped reply is kept', async () => {
  const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };
  const turn = await here.send('hello');
  const request = await here.model.next();
  request.onText('Once');
  request.signal.addEventListener('abort', () => request.onEvent({ kind: 'usage', usage }));
  await here.turns.stop(owner, turn.requestId);
  expect(await endOf(turn)).toMatchObject({ state: 'stopped', usage });
  const [, reply] = await here.store.messages.branch({ owner, sessionId: here.sessionId });
  expect(reply).toMatchObject({ usage, tokens: 2 });
});
