import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { endOf } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';
import { textOf } from '@/lib/reply/entry';

const here = turnsOfEachTest();
const { owner, open, send, contents } = here;
const refusedByUpstream = new AppError({ kind: 'upstream', reason: 'refused' });

test('the user message is stored before the model is asked, the reply when the turn ends', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  expect(await contents()).toEqual([{ role: 'user', content: 'hello', state: 'complete' }]);
  request.onText('Hi ');
  request.onText('there');
  request.finish({ prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 });
  expect(await endOf(turn)).toMatchObject({ state: 'complete', usage: { total_tokens: 5 } });
  expect(await contents()).toEqual([
    { role: 'user', content: 'hello', state: 'complete' },
    { role: 'assistant', content: 'Hi there', state: 'complete' },
  ]);
});

test('a complete exchange is passed on for the memory, a stopped one is not', async () => {
  const first = await send('hello');
  const request = await here.model.next();
  request.onText('Hi');
  request.finish();
  await endOf(first);
  const second = await send('more');
  (await here.model.next()).onText('So');
  await here.turns.stop(owner, second.requestId);
  expect(await endOf(second)).toMatchObject({ state: 'stopped' });
  expect(here.exchanges.map(({ user, reply }) => ({ user, reply }))).toEqual([
    { user: 'hello', reply: 'Hi' },
  ]);
  expect((await contents()).at(-1)).toEqual({ role: 'assistant', content: 'So', state: 'stopped' });
});

test('a turn that fails before its first token is kept beside the conversation', async () => {
  const turn = await send('hello');
  (await here.model.next()).fail(refusedByUpstream);
  expect(await endOf(turn)).toMatchObject({ state: 'failed', replyId: null });
  expect(await contents()).toEqual([]);
  expect(await here.store.turns.failedIn(owner, here.sessionId)).toMatchObject([
    { requestId: turn.requestId, text: 'hello', failure: refusedByUpstream.failure },
  ]);
});

test('a retry replaces the failed turn', async () => {
  const failed = await send('hello');
  (await here.model.next()).fail(refusedByUpstream);
  await endOf(failed);
  const again = await send('hello', { retryOf: failed.requestId });
  const request = await here.model.next();
  request.onText('Hi');
  request.finish();
  await endOf(again);
  expect(await here.store.turns.failedIn(owner, here.sessionId)).toEqual([]);
  expect((await contents()).map(({ content }) => content)).toEqual(['hello', 'Hi']);
});

test('a turn that breaks off after some text keeps the text as interrupted', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Once upon');
  request.fail(new AppError({ kind: 'upstream', reason: 'unreachable' }));
  expect(await endOf(turn)).toMatchObject({
    state: 'interrupted',
    failure: { kind: 'interrupted' },
  });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
});

test('an answer without text is a failed turn', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('\n ');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ failure: { kind: 'upstream', reason: 'empty' } });
});

test('small chunks wait for the next frame, large ones do not', async () => {
  await send('hello');
  const request = await here.model.next();
  expect(request.onText('a few words')).toBeInstanceOf(Promise);
  expect(request.onText('many words '.repeat(1000))).toBeUndefined();
  request.finish();
});

test('the same key joins the same turn, during and after it; another body is refused', async () => {
  const idempotency = { key: 'k', bodyHash: 'h' };
  const [one, two] = await Promise.all([
    send('hello', { idempotency }),
    send('hello', { idempotency }),
  ]);
  expect(one.requestId).toBe(two.requestId);
  const request = await here.model.next();
  request.onText('Hi');
  request.finish();
  await Promise.all([endOf(one), endOf(two)]);
  const later = await send('hello', { idempotency });
  expect(later.end()).toMatchObject({ state: 'complete' });
  expect(textOf(later.since(0))).toBe('Hi');
  await expect(send('other', { idempotency: { key: 'k', bodyHash: 'x' } })).rejects.toMatchObject({
    failure: { kind: 'key-reused' },
  });
  const other = await send('hello', { idempotency, owner: 'somebody else', sessionId: null });
  expect(other.requestId).not.toBe(one.requestId);
  await here.turns.stop('somebody else', other.requestId);
});

test('a reused request id does not prevent a turn', async () => {
  const first = await send('hello', { requestId: 'mine' });
  const second = await send('again', { requestId: 'mine' });
  expect(first.requestId).toBe('mine');
  expect(second.requestId).not.toBe('mine');
  await here.turns.stop(owner, first.requestId);
  await here.turns.stop(owner, second.requestId);
});

test('overlapping turns stay in order, each reply after its question', async () => {
  const first = await send('one');
  const firstRequest = await here.model.next();
  const second = await send('two');
  const secondRequest = await here.model.next();
  secondRequest.onText('2');
  secondRequest.finish();
  await endOf(second);
  firstRequest.onText('1');
  firstRequest.finish();
  await endOf(first);
  expect((await contents()).map(({ content }) => content)).toEqual(['one', '1', 'two', '2']);
});

test('another owner can neither watch nor stop a turn', async () => {
  const turn = await send('hello');
  expect(await here.turns.watch('other', turn.requestId)).toBeNull();
  expect(await here.turns.stop('other', turn.requestId)).toBe(false);
});

test('another process can watch a turn to its end and stop it', async () => {
  const elsewhere = open('another process');
  const turn = await send('hello');
  (await here.model.next()).onText('Once upon');
  const seen = await elsewhere.watch(owner, turn.requestId);
  expect(seen?.end()).toBeNull();
  expect(await elsewhere.stop(owner, turn.requestId)).toBe(true);
  if (!seen) throw new Error('not seen');
  expect(await endOf(seen)).toMatchObject({ state: 'stopped' });
  expect(textOf(seen.since(0))).toBe('Once upon');
});
