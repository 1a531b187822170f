import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { AppError } from '@/lib/errors';
import { systemClock } from '@/lib/system-clock';
import { silentLog } from '@/tests/setup/log';
import { scriptedModel, type ScriptedModel } from '@/tests/setup/scripted-model';
import { temporaryStore } from '@/tests/setup/store';
import type { Clock } from './clock';
import type { WatchedTurn } from './live-turn';
import type { FinishedExchange } from './memory-merge';
import { turnRecovery } from './recovery';
import type { TurnStore } from './turn-store';
import type { NewContinuation, NewSend } from './ask';
import { openTurns, type Turns } from './turns';

const owner = 'somebody';
const refusedByUpstream = new AppError({ kind: 'upstream', reason: 'refused' });
let store: Store;
let remove: () => Promise<void>;
let model: ScriptedModel;
let turns: Turns;
let exchanges: FinishedExchange[];
let sessionId: string;

const open = (instance: string, more: Partial<Parameters<typeof openTurns>[0]> = {}): Turns =>
  openTurns({
    store: store.turns,
    model,
    memoryEnabled: true,
    onExchange: (exchange) => exchanges.push(exchange),
    contextMaxTurns: 2,
    channel: null,
    contextMaxChars: 100_000,
    contextTokens: () => null,
    replyMaxChars: 10_000,
    replyMaxTokens: null,
    turnMaxMs: 3_600_000,
    instance,
    clock: systemClock,
    newId: randomUUID,
    log: silentLog,
    ...more,
  });

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  model = scriptedModel();
  exchanges = [];
  turns = open('this process');
  sessionId = randomUUID();
  await store.sessions.create({ id: sessionId, owner, title: null, now: new Date() });
});
afterEach(async () => {
  await turns.drain(0);
  await remove();
});

const send = (text: string, more: Partial<NewSend> = {}) =>
  turns.send({
    owner,
    requestId: randomUUID(),
    sessionId,
    text,
    model: 'm',
    retryOf: null,
    idempotency: null,
    ...more,
  });
const goOn = (continues: string, more: Partial<NewContinuation> = {}) =>
  turns.continue({
    owner,
    requestId: randomUUID(),
    sessionId,
    continues,
    model: 'm',
    idempotency: null,
    ...more,
  });
/** A turn that says so much and is stopped. */
const stoppedAfter = async (text: string): Promise<string> => {
  const turn = await send('hello');
  (await model.next()).onText(text);
  await turns.stop(owner, turn.requestId);
  await ended(turn);
  return turn.requestId;
};
const ended = (turn: WatchedTurn) =>
  new Promise<NonNullable<ReturnType<WatchedTurn['end']>>>((resolve) => {
    const look = () => {
      const end = turn.end();
      if (end) resolve(end);
    };
    turn.watch(look);
    look();
  });
const contents = async () =>
  (await store.messages.branch({ owner, sessionId })).map(({ role, content, state }) => ({
    role,
    content,
    state,
  }));

test('the user message is stored before the model is asked, the reply when the turn ends', async () => {
  const turn = await send('hello');
  const request = await model.next();
  expect(await contents()).toEqual([{ role: 'user', content: 'hello', state: 'complete' }]);
  request.onText('Hi ');
  request.onText('there');
  request.finish({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
  expect(await ended(turn)).toMatchObject({ state: 'complete', usage: { total_tokens: 5 } });
  expect(await contents()).toEqual([
    { role: 'user', content: 'hello', state: 'complete' },
    { role: 'assistant', content: 'Hi there', state: 'complete' },
  ]);
});

test('a complete exchange is handed on for the memory; a stopped one is not', async () => {
  const first = await send('hello');
  const request = await model.next();
  request.onText('Hi');
  request.finish();
  await ended(first);
  const second = await send('more');
  (await model.next()).onText('So');
  await turns.stop(owner, second.requestId);
  expect(await ended(second)).toMatchObject({ state: 'stopped' });
  expect(exchanges.map(({ user, reply }) => ({ user, reply }))).toEqual([
    { user: 'hello', reply: 'Hi' },
  ]);
  expect((await contents()).at(-1)).toEqual({ role: 'assistant', content: 'So', state: 'stopped' });
});

test('a turn that fails before its first token is beside the conversation, not in it', async () => {
  const turn = await send('hello');
  (await model.next()).fail(refusedByUpstream);
  expect(await ended(turn)).toMatchObject({ state: 'failed', replyId: null });
  expect(await contents()).toEqual([]);
  expect(await store.turns.failedIn(owner, sessionId)).toMatchObject([
    { requestId: turn.requestId, text: 'hello', failure: refusedByUpstream.failure },
  ]);
});

test('a retry takes the place of the failed turn', async () => {
  const failed = await send('hello');
  (await model.next()).fail(refusedByUpstream);
  await ended(failed);
  const again = await send('hello', { retryOf: failed.requestId });
  const request = await model.next();
  request.onText('Hi');
  request.finish();
  await ended(again);
  expect(await store.turns.failedIn(owner, sessionId)).toEqual([]);
  expect((await contents()).map(({ content }) => content)).toEqual(['hello', 'Hi']);
});

test('a turn that breaks off after some text keeps the text as interrupted', async () => {
  const turn = await send('hello');
  const request = await model.next();
  request.onText('Once upon');
  request.fail(new AppError({ kind: 'upstream', reason: 'unreachable' }));
  expect(await ended(turn)).toMatchObject({
    state: 'interrupted',
    failure: { kind: 'interrupted' },
  });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
});

test('an answer without any words is a failed turn', async () => {
  const turn = await send('hello');
  const request = await model.next();
  request.onText('\n ');
  request.finish();
  expect(await ended(turn)).toMatchObject({ failure: { kind: 'upstream', reason: 'empty' } });
});

test('after a few words what follows is waited for, after many it is not', async () => {
  await send('hello');
  const request = await model.next();
  expect(request.onText('a few words')).toBeInstanceOf(Promise);
  expect(request.onText('many words '.repeat(1000))).toBeUndefined();
  request.finish();
});

test('the same key joins the same turn, at once and after its end; another body is refused', async () => {
  const idempotency = { key: 'k', bodyHash: 'h' };
  const [one, two] = await Promise.all([
    send('hello', { idempotency }),
    send('hello', { idempotency }),
  ]);
  expect(one.requestId).toBe(two.requestId);
  const request = await model.next();
  request.onText('Hi');
  request.finish();
  await Promise.all([ended(one), ended(two)]);
  const later = await send('hello', { idempotency });
  expect(later.end()).toMatchObject({ state: 'complete' });
  expect(later.since(0)).toBe('Hi');
  await expect(send('other', { idempotency: { key: 'k', bodyHash: 'x' } })).rejects.toMatchObject({
    failure: { kind: 'key-reused' },
  });
  const other = await send('hello', { idempotency, owner: 'somebody else', sessionId: null });
  expect(other.requestId).not.toBe(one.requestId);
  await turns.stop('somebody else', other.requestId);
});

test('a request id that was used before does not stop a turn', async () => {
  const first = await send('hello', { requestId: 'mine' });
  const second = await send('again', { requestId: 'mine' });
  expect(first.requestId).toBe('mine');
  expect(second.requestId).not.toBe('mine');
  await turns.stop(owner, first.requestId);
  await turns.stop(owner, second.requestId);
});

test('turns that overlap stay in order, each reply after its question', async () => {
  const first = await send('one');
  const firstRequest = await model.next();
  const second = await send('two');
  const secondRequest = await model.next();
  secondRequest.onText('2');
  secondRequest.finish();
  await ended(second);
  firstRequest.onText('1');
  firstRequest.finish();
  await ended(first);
  expect((await contents()).map(({ content }) => content)).toEqual(['one', '1', 'two', '2']);
});

test('a turn without a session ends when nobody watches it any more', async () => {
  const turn = await send('hello', { sessionId: null });
  const request = await model.next();
  const leave = turn.watch(() => undefined);
  leave();
  expect(request.signal.aborted).toBe(true);
  expect(await ended(turn)).toMatchObject({ state: 'stopped' });
});

test('without a session, who sends again under its key comes back to the turn that was left', async () => {
  const idempotency = { key: 'come back', bodyHash: 'h' };
  const left = await send('hello', { sessionId: null, idempotency });
  const request = await model.next();
  left.watch(() => undefined)();
  const again = await send('hello', { sessionId: null, idempotency });
  request.onText('paid once');
  request.finish();
  expect(await ended(again)).toMatchObject({ state: 'complete' });
  expect([again.requestId, again.since(0)]).toEqual([left.requestId, 'paid once']);
});

test('without a session, nobody who comes back ends the turn, and a later send is a new one', async () => {
  // Time that runs a thousand times faster.
  const after: Clock['after'] = (ms, run) => systemClock.after(ms / 1000, run);
  turns = open('in a hurry', { clock: { ...systemClock, after } });
  const idempotency = { key: 'never', bodyHash: 'h' };
  const left = await send('hello', { sessionId: null, idempotency });
  await model.next();
  left.watch(() => undefined)();
  await turns.ended(left.requestId);
  expect(left.end()).toMatchObject({ state: 'stopped' });
  const again = await send('hello', { sessionId: null, idempotency });
  expect(again.requestId).not.toBe(left.requestId);
  const request = await model.next();
  request.onText('answered');
  request.finish();
  expect(await ended(again)).toMatchObject({ state: 'complete' });
});

test('a turn with a session goes on when nobody watches it', async () => {
  const turn = await send('hello');
  const request = await model.next();
  turn.watch(() => undefined)();
  expect(request.signal.aborted).toBe(false);
  request.onText('Hi');
  request.finish();
  expect(await ended(turn)).toMatchObject({ state: 'complete' });
});

test('somebody else can neither watch nor stop a turn', async () => {
  const turn = await send('hello');
  expect(await turns.watch('other', turn.requestId)).toBeNull();
  expect(await turns.stop('other', turn.requestId)).toBe(false);
});

test('another process sees the text of a turn, its end, and can stop it', async () => {
  const elsewhere = open('another process');
  const turn = await send('hello');
  (await model.next()).onText('Once upon');
  const seen = await elsewhere.watch(owner, turn.requestId);
  expect(seen?.end()).toBeNull();
  expect(await elsewhere.stop(owner, turn.requestId)).toBe(true);
  if (!seen) throw new Error('not seen');
  expect(await ended(seen)).toMatchObject({ state: 'stopped' });
  expect(seen.since(0)).toBe('Once upon');
});

test('what a dead process left running is interrupted with the text it had stored', async () => {
  const turn = await send('hello');
  const request = await model.next();
  request.onText('Once upon');
  await expect.poll(() => store.turns.textFrom(turn.requestId, 0)).toBe('Once upon');
  const recovering = {
    store: store.turns,
    clock: systemClock,
    log: silentLog,
    runsHere: () => false,
  };
  await turnRecovery({ ...recovering, isDead: () => false })();
  expect(await store.turns.runningIn(owner, sessionId)).toEqual([turn.requestId]);
  await turnRecovery({ ...recovering, isDead: (instance) => instance === 'this process' })();
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
});

test('a turn that was taken for dead and is not asks for no more, and adds what it has', async () => {
  const turn = await send('hello');
  const request = await model.next();
  request.onText('Once upon');
  await expect.poll(() => store.turns.textFrom(turn.requestId, 0)).toBe('Once upon');
  const recovering = {
    store: store.turns,
    clock: systemClock,
    log: silentLog,
    runsHere: () => false,
  };
  await turnRecovery({ ...recovering, isDead: () => true })();
  request.onText(' a time');
  expect(await ended(turn)).toMatchObject({ state: 'interrupted' });
  expect(request.signal.aborted).toBe(true);
  expect((await contents()).at(-1)).toMatchObject({
    content: 'Once upon a time',
    state: 'interrupted',
  });
});

test('where a platform ends turns, a turn is interrupted before, and its text is kept', async () => {
  const limits: { ms: number; run: () => void }[] = [];
  const clock = {
    ...systemClock,
    after(ms: number, run: () => void) {
      if (ms !== 285_000) return systemClock.after(ms, run);
      limits.push({ ms, run });
      return () => undefined;
    },
  };
  turns = open('this process', { clock, turnMaxMs: 285_000 });
  const turn = await send('hello');
  (await model.next()).onText('Once upon');
  expect(limits).toHaveLength(1);
  limits[0]?.run();
  await turns.ended(turn.requestId);
  expect(turn.end()).toMatchObject({ state: 'interrupted', failure: { kind: 'interrupted' } });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
});

test('a reply waits for a store that is away for long, and is kept when it is back', async () => {
  let away = true;
  const end: TurnStore['end'] = (result) =>
    away
      ? Promise.reject(new AppError({ kind: 'unavailable', retryAfterSeconds: 5 }))
      : store.turns.end(result);
  // Pauses between attempts are cut short, so that a long time away is a matter of a moment.
  let attempts = 0;
  const after = (ms: number, run: () => void) => {
    if (ms === 5000) attempts += 1;
    if (attempts === 20) away = false;
    return systemClock.after(Math.min(ms, 5), run);
  };
  const clock = { ...systemClock, after };
  turns = open('this process', { clock, store: { ...store.turns, end } });
  const turn = await send('hello');
  const request = await model.next();
  request.onText('Once upon');
  request.finish();
  expect(await ended(turn)).toMatchObject({ state: 'complete' });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'complete' });
});

test('a send that is on its way into the store when a drain begins is run and kept', async () => {
  const sending = send('hello');
  const drained = turns.drain(5000);
  const request = await model.next();
  request.onText('Hi');
  request.finish();
  await drained;
  expect((await sending).end()).toMatchObject({ state: 'complete' });
});

test('a process that drains refuses new turns and interrupts those that do not end in time', async () => {
  const turn = await send('hello');
  (await model.next()).onText('Once upon');
  await turns.drain(10);
  expect(turn.end()).toMatchObject({ state: 'interrupted' });
  await expect(send('more')).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
});

test('a reply is continued as one: its text, its memory and its watchers know no seam', async () => {
  const stopped = await stoppedAfter('Once');
  const turn = await goOn(stopped);
  expect([turn.since(0), await store.turns.textFrom(turn.requestId, 0)]).toEqual(['Once', 'Once']);
  const request = await model.next();
  expect(request.messages.map(({ content }) => content)).toEqual([
    'You are a helpful assistant.',
    'hello',
    'Once',
    expect.stringContaining('Go on exactly where it stopped'),
  ]);
  expect(await contents()).toMatchObject([{}, { content: 'Once', state: 'stopped' }]);
  request.onText(' upon');
  await expect.poll(() => store.turns.textFrom(turn.requestId, 0)).toBe('Once upon');
  request.finish({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
  expect(await ended(turn)).toMatchObject({ state: 'complete', usage: { total_tokens: 5 } });
  expect(turn.since(2)).toBe('ce upon');
  expect(await store.messages.branch({ owner, sessionId })).toMatchObject([
    { content: 'hello' },
    { content: 'Once upon', state: 'complete', tokens: null, turn: turn.requestId },
  ]);
  expect(exchanges).toMatchObject([{ user: 'hello', reply: 'Once upon' }]);
});

test('a continuation that says nothing new leaves the reply as it was and says why', async () => {
  const stopped = await stoppedAfter('Once');
  const refused = await goOn(stopped);
  (await model.next()).fail(refusedByUpstream);
  expect(await ended(refused)).toMatchObject({
    state: 'interrupted',
    failure: refusedByUpstream.failure,
  });
  const empty = await goOn(refused.requestId);
  (await model.next()).finish();
  expect(await ended(empty)).toMatchObject({ state: 'interrupted', failure: { reason: 'empty' } });
  const held = await goOn(empty.requestId);
  await model.next();
  await turns.stop(owner, held.requestId);
  expect(await ended(held)).toMatchObject({ state: 'stopped', failure: null });
  expect(await contents()).toEqual([
    { role: 'user', content: 'hello', state: 'complete' },
    { role: 'assistant', content: 'Once', state: 'stopped' },
  ]);
  expect([exchanges, await store.turns.failedIn(owner, sessionId)]).toEqual([[], []]);
});

test('a process that dies while it continues a reply leaves it whole, to be continued again', async () => {
  const stopped = await stoppedAfter('Once');
  const turn = await goOn(stopped);
  const request = await model.next();
  request.onText(' upon');
  await expect.poll(() => store.turns.textFrom(turn.requestId, 0)).toBe('Once upon');
  const recovering = {
    store: store.turns,
    clock: systemClock,
    log: silentLog,
    runsHere: () => false,
  };
  await turnRecovery({ ...recovering, isDead: (instance) => instance === 'this process' })();
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
  const again = await goOn(turn.requestId);
  const { onText, finish } = await model.next();
  onText(' a time');
  finish();
  expect(await ended(again)).toMatchObject({ state: 'complete' });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon a time' });
});
