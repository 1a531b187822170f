import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TurnEnd } from '@/lib/chat/turn/events';
import { liveTurn, type LiveTurn } from '@/lib/chat/turn/live-turn';
import { FRAME_MAX } from './frame-stream';
import { translationOf } from '@/lib/texts/translations';
import { turnFrames } from './turn-frames';

const ENGLISH = translationOf('en');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const complete: TurnEnd = { state: 'complete', replyId: 'r', usage: null, failure: null };

function turnOf(): LiveTurn {
  return liveTurn({
    onWatcherFault: () => undefined,
    requestId: 'id',
    owner: 'o',
    sessionId: null,
    shared: false,
    reply: [],
    onUnwatched: (turn) => {
      turn.abort('stopped');
    },
  });
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}
const dataOf = (text: string) =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as unknown);
const idsOf = (text: string) => [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id);

test('a stream is kickoff, tokens and one terminal frame, each with the length of the text as its id', async () => {
  const turn = turnOf();
  const read = readAll(turnFrames(turn, ENGLISH));
  turn.write('Hel');
  turn.write('lo 😀');
  turn.finish(complete);
  const text = await read;
  expect(dataOf(text)).toEqual([
    { request_id: 'id' },
    { token: 'Hel' },
    { token: 'lo 😀' },
    { done: true, state: 'complete', reply_id: 'r' },
  ]);
  expect(idsOf(text)).toEqual(['0', '3', '8', '8']);
});

test('a client that connects late or reconnects gets exactly the missing text', async () => {
  const turn = turnOf();
  turn.write('Hello there');
  turn.finish(complete);
  for (const offset of [0, 5, 11]) {
    const text = await readAll(turnFrames(turn, ENGLISH, offset));
    const tokens = dataOf(text).map((frame) => (frame as { token?: string }).token ?? '');
    expect(tokens.join('')).toBe('Hello there'.slice(offset));
    expect(idsOf(text)[0]).toBe(String(offset));
  }
});

test('a long reply comes in frames of bounded size, with the end after the last of them', async () => {
  const turn = turnOf();
  turn.write('😀'.repeat(FRAME_MAX));
  turn.finish(complete);
  const text = await readAll(turnFrames(turn, ENGLISH, 1));
  const tokens = dataOf(text).map((frame) => (frame as { token?: string }).token ?? '');
  expect(tokens.join('')).toBe('😀'.repeat(FRAME_MAX).slice(1));
  expect(tokens.every(({ length }) => length <= FRAME_MAX + 1)).toBe(true);
  expect(dataOf(text).at(-1)).toMatchObject({ done: true });
  expect(idsOf(text).at(-1)).toBe(String(2 * FRAME_MAX));
});

test('a client that has more text than was stored gets the offset where the text ends', async () => {
  const turn = turnOf();
  turn.write('Hello');
  turn.finish(complete);
  const text = await readAll(turnFrames(turn, ENGLISH, 8));
  expect(dataOf(text)).toHaveLength(2);
  expect(idsOf(text)).toEqual(['5', '5']);
});

test('a retraction sends a kickoff frame with the offset where the reply resumes', async () => {
  const turn = turnOf();
  const reader = turnFrames(turn, ENGLISH).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  const start = await next();
  turn.write('Well. A plan');
  const shown = await next();
  turn.cut(6);
  turn.write('Hi');
  turn.finish(complete);
  const text = start + shown + (await next()) + (await next()) + (await next());
  expect(dataOf(text)).toEqual([
    { request_id: 'id' },
    { token: 'Well. A plan' },
    { request_id: 'id' },
    { token: 'Hi' },
    { done: true, state: 'complete', reply_id: 'r' },
  ]);
  expect(idsOf(text)).toEqual(['0', '12', '6', '8', '8']);
});

test('a slow client gets the retraction, however much text was added meanwhile', async () => {
  const turn = turnOf();
  turn.write('A plan');
  const stream = turnFrames(turn, ENGLISH, 6);
  turn.cut(0);
  turn.write('Hi there, all of you');
  turn.finish(complete);
  const text = await readAll(stream);
  expect(dataOf(text).slice(1, 3)).toEqual([
    { request_id: 'id' },
    { token: 'Hi there, all of you' },
  ]);
  expect(idsOf(text).slice(0, 3)).toEqual(['6', '0', '20']);
});

test('reasoning comes in frames of its own, on the same axis', async () => {
  const turn = turnOf();
  turn.write('I think', 'reasoning');
  turn.write('Hi');
  turn.finish({ ...complete, thoughtMs: 1200 });
  const text = await readAll(turnFrames(turn, ENGLISH, 3));
  expect(dataOf(text).slice(1)).toEqual([
    { reasoning: 'hink' },
    { token: 'Hi' },
    { done: true, state: 'complete', reply_id: 'r', thought_ms: 1200 },
  ]);
  expect(idsOf(text)).toEqual(['3', '7', '9', '9']);
});

test('the terminal frame of a cut reply has the reason and what the prompt omitted', async () => {
  const turn = turnOf();
  turn.write('Hello');
  const failure = { kind: 'cut-short', reason: 'length' } as const;
  turn.finish({ ...complete, state: 'interrupted', failure, omitted: 4 });
  expect(dataOf(await readAll(turnFrames(turn, ENGLISH, 5))).at(-1)).toEqual({
    done: true,
    state: 'interrupted',
    cut: 'length',
    finish: 'length',
    reply_id: 'r',
    omitted: 4,
  });
});

test('back-pressure: a slow reader gets the accumulated text in one frame', async () => {
  const turn = turnOf();
  const reader = turnFrames(turn, ENGLISH).getReader();
  for (const text of ['a', 'b', 'c', 'd']) turn.write(text);
  turn.finish(complete);
  const chunks: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(new TextDecoder().decode(value));
  }
  expect(chunks).toHaveLength(2);
  expect(chunks[1]).toContain('{"token":"abcd"}');
});

test('a failure is a terminal frame with a fixed sentence', async () => {
  const turn = turnOf();
  turn.finish({
    state: 'failed',
    replyId: null,
    usage: null,
    failure: { kind: 'unavailable', reason: 'store', retryAfterSeconds: 3 },
  });
  expect(dataOf(await readAll(turnFrames(turn, ENGLISH))).at(-1)).toEqual({
    error: 'Service temporarily unavailable',
    code: 503,
    kind: 'unavailable',
    reason: 'store',
    request_id: 'id',
    done: true,
    state: 'failed',
  });
});

test('after 15 idle seconds a heartbeat comment is sent', async () => {
  const turn = turnOf();
  const reader = turnFrames(turn, ENGLISH).getReader();
  await reader.read();
  const next = reader.read();
  vi.advanceTimersByTime(14_999);
  turn.write('x');
  expect(new TextDecoder().decode((await next).value)).toContain('token');
  const comment = reader.read();
  vi.advanceTimersByTime(15_001);
  expect(new TextDecoder().decode((await comment).value)).toMatch(/^: .*\n\n$/);
  await reader.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

test('a turn without a session ends when its last watcher unsubscribes', async () => {
  const turn = turnOf();
  const streams = [turnFrames(turn, ENGLISH), turnFrames(turn, ENGLISH)];
  await streams[0]?.cancel();
  expect(turn.abortedAs()).toBeNull();
  await streams[1]?.cancel();
  expect(turn.abortedAs()).toBe('stopped');
});

test('a stream that reaches its time limit ends without a terminal frame, so that the client reconnects', async () => {
  const turn = turnOf();
  const read = readAll(turnFrames(turn, ENGLISH, 0, 285_000));
  turn.write('Hello');
  await vi.advanceTimersByTimeAsync(285_000);
  const text = await read;
  expect(dataOf(text)).toEqual([{ request_id: 'id' }, { token: 'Hello' }]);
  expect(idsOf(text).at(-1)).toBe('5');
  turn.finish(complete);
});

test('the time limit does nothing to a stream that has ended', async () => {
  const turn = turnOf();
  const read = readAll(turnFrames(turn, ENGLISH, 0, 1000));
  turn.finish(complete);
  expect(dataOf(await read).at(-1)).toMatchObject({ done: true });
  expect(vi.getTimerCount()).toBe(0);
});

test('a stream breaks off when its reader is signed out, and no sooner', async () => {
  const turn = turnOf();
  const signedOut = new AbortController();
  const read = readAll(turnFrames(turn, ENGLISH, 0, null, signedOut.signal));
  turn.write('For you');
  await vi.advanceTimersByTimeAsync(0);
  signedOut.abort();
  turn.write(' alone');
  expect(dataOf(await read)).toEqual([{ request_id: 'id' }, { token: 'For you' }]);

  const ended = new AbortController();
  const whole = readAll(turnFrames(turn, ENGLISH, 0, null, ended.signal));
  turn.finish(complete);
  expect(await whole).toContain('"done":true');
  // Nothing is left to close.
  ended.abort();
});
