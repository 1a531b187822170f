import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { temporaryStore } from '@/tests/setup/store';
import { endOf, turnsOver } from '@/tests/setup/turns/turns';
import { textOf } from '@/lib/reply/entry';

let store: Store;
let remove: () => Promise<void>;
let opened: ReturnType<typeof turnsOver>[];

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  opened = [];
});
afterEach(async () => {
  for (const { turns } of opened) await turns.drain(0);
  await remove();
});

const open = (...more: Parameters<typeof turnsOver> extends [Store, ...infer Rest] ? Rest : []) => {
  const here = turnsOver(store, ...more);
  opened.push(here);
  return here;
};
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };

test.each([['length'], ['filter'], ['tool-calls']] as const)(
  'a reply that the model ends by %s is kept with the reason, and is not used for the memory',
  async (finish) => {
    const exchanges: unknown[] = [];
    const { send, model, session, messages, goOn } = open({
      onExchange: (exchange) => exchanges.push(exchange),
    });
    const id = await session();
    const turn = await send(id);
    const request = await model.next();
    request.onText('Once upon');
    request.finish(USAGE, finish);
    expect(await endOf(turn)).toMatchObject({
      state: 'interrupted',
      failure: { kind: 'cut-short', reason: finish },
      usage: USAGE,
    });
    expect((await messages(id)).at(-1)).toMatchObject({
      content: 'Once upon',
      state: 'interrupted',
      tokens: 2,
    });
    expect(exchanges).toEqual([]);
    const more = await goOn(id, turn.requestId);
    const next = await model.next();
    next.onText(' a time');
    next.finish();
    expect(await endOf(more)).toMatchObject({ state: 'complete' });
    expect((await messages(id)).at(-1)).toMatchObject({ content: 'Once upon a time' });
  },
);

test('a reply above the maximum length is cut between characters, and the upstream is closed', async () => {
  const { send, model, session, messages, goOn } = open({ replyMaxChars: 10 });
  const id = await session();
  const turn = await send(id);
  const request = await model.next();
  request.onText('Once upo');
  request.onText('n😀 a time');
  expect(request.signal.aborted).toBe(true);
  request.onText(' and more');
  expect(await endOf(turn)).toMatchObject({
    state: 'interrupted',
    failure: { kind: 'cut-short', reason: 'limit' },
  });
  expect((await messages(id)).at(-1)).toMatchObject({ content: 'Once upon', state: 'interrupted' });
  const more = await goOn(id, turn.requestId);
  const next = await model.next();
  next.onText(' a time!!!');
  expect(next.signal.aborted).toBe(false);
  next.onText('?');
  expect(await endOf(more)).toMatchObject({ failure: { reason: 'limit' } });
  expect(textOf(more.since(0))).toBe('Once upon a time!!!');
});

test('a reply of exactly the maximum length is complete', async () => {
  const { send, model, session } = open({ replyMaxChars: 10 });
  const turn = await send(await session());
  const request = await model.next();
  request.onText('0123456789');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete', failure: null });
});

test('a reply can be continued up to ten times the maximum length', async () => {
  const { send, model, session, goOn } = open({ replyMaxChars: 10 });
  const id = await session();
  let turn = await send(id);
  for (let part = 1; ; part += 1) {
    (await model.next()).onText('0123456789x');
    expect(await endOf(turn)).toMatchObject({ failure: { reason: 'limit' } });
    if (part === 10) break;
    turn = await goOn(id, turn.requestId);
  }
  expect(turn.length()).toBe(100);
  await expect(goOn(id, turn.requestId)).rejects.toMatchObject({ failure: { kind: 'conflict' } });
});

test('the maximum reply in tokens is requested when it is configured', async () => {
  const unset = open();
  await unset.send(await unset.session());
  expect((await unset.model.next()).maxTokens).toBe(undefined);
  const set = open({ replyMaxTokens: () => 50 });
  await set.send(await set.session());
  expect((await set.model.next()).maxTokens).toBe(50);
});

test('a turn reports how many earlier messages did not fit, while it streams and when it is read again', async () => {
  const { send, model, session, turns, owner } = open({ contextMaxChars: 1000 });
  const id = await session();
  for (const said of ['x'.repeat(600), 'short', 'last']) {
    const turn = await send(id);
    const request = await model.next();
    request.onText(said);
    request.finish();
    expect(await endOf(turn)).toMatchObject({ omitted: null });
  }
  const turn = await send(id, { text: 'y'.repeat(400) });
  const request = await model.next();
  expect(request.messages.map(({ content }) => content.length)).toEqual([28, 5, 5, 5, 4, 400]);
  request.onText('So');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete', omitted: 2 });
  expect((await turns.watch(owner, turn.requestId))?.end()).toMatchObject({ omitted: 2 });
});

test('a known context size limits the prompt in tokens and leaves room for the reply', async () => {
  const { send, model, session } = open({ contextTokens: () => 400, replyMaxTokens: () => 150 });
  const id = await session();
  for (let n = 0; n < 4; n += 1) {
    const turn = await send(id, { text: `${String(n)} ${'x'.repeat(150)}` });
    const request = await model.next();
    request.onText('yes');
    request.finish();
    await endOf(turn);
  }
  await send(id, { text: 'and?' });
  const { messages } = await model.next();
  expect(messages.map(({ content }) => content.slice(0, 3))).toEqual([
    'You',
    '1 x',
    'yes',
    '2 x',
    'yes',
    '3 x',
    'yes',
    'and',
  ]);
});

test('a huge message that does not fit into the prompt is not read to its end', async () => {
  const { send, model, session, owner } = open({ contextMaxChars: 1000 });
  const id = await session();
  const message = { role: 'assistant' as const, content: 'x'.repeat(2_000_000) };
  await store.messages.append({ owner, sessionId: id, id: 'giant', message, now: new Date() });
  const order = {
    owner,
    sessionId: id,
    text: 'hi',
    model: 'm',
    retryOf: null,
    idempotency: null,
    instance: 'i',
    contextMessages: 24,
    contextChars: 1000,
    now: new Date(),
  };
  const ids = { requestId: 'r', userMessageId: 'u', replyId: 'p' };
  const begun = await store.turns.begin({ ...order, ...ids });
  expect(begun).toMatchObject({ kind: 'started' });
  expect('context' in begun && begun.context.messages[0]?.content.length).toBe(1001);
  await send(id);
  const { messages } = await model.next();
  expect(messages.slice(1)).toEqual([{ role: 'user', content: 'hi\n\nhello' }]);
});
