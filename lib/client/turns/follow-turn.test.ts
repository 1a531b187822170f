import { expect, test } from 'vitest';
import type { CallResult } from '@/lib/client/net/call';
import { followTurn, type PlainReply, type TurnSource } from './follow-turn';
import { after } from '@/lib/reply/entry';
import { said } from '@/tests/setup/entries';
import { replyLog } from '@/lib/reply/log';

const kickoffAt = (offset: number) => `id: ${String(offset)}\ndata: {"request_id":"r1"}\n\n`;
const KICKOFF = kickoffAt(0);
const token = (text: string, upTo: number) =>
  `id: ${String(upTo)}\ndata: ${JSON.stringify({ token: text })}\n\n`;
const DONE = 'data: {"done":true,"state":"complete","reply_id":"m1"}\n\n';

const ok = (value: Response): CallResult<Response> => ({ ok: true, value, rate: null });
const stream = (...frames: string[]) =>
  ok(new Response(frames.join(''), { headers: { 'Content-Type': 'text/event-stream' } }));
const problem = (code: number): CallResult<never> => ({
  ok: false,
  problem: { kind: 'unknown', code, ref: null, retryAt: null },
  rate: null,
});
const plain = (reply: string): CallResult<PlainReply> => ({
  ok: true,
  value: { reply, request_id: 'r1', reply_id: 'm1', usage: null },
  rate: null,
});

type Given = CallResult<Response> | CallResult<PlainReply>;

/** Follows a turn whose requests get these answers in order. Returns the requests and the outcome. */
async function follow(answers: Given[], { watched = false, wasSent = false, held = '' } = {}) {
  const requests: string[] = [];
  let text = held;
  let state: string | null = null;
  let lost = 0;
  // A test gives each request an answer of its kind.
  const answer = <Value>(what: string) => {
    requests.push(what);
    return Promise.resolve((answers.shift() ?? problem(0)) as CallResult<Value>);
  };
  const source: TurnSource = {
    begin: watched ? null : () => answer('stream'),
    beginPlain: watched ? null : () => answer('plain'),
    reply: { length: () => text.length, since: (from) => after(said(text), from) },
    wasSent,
    watch: (offset) => answer(`watch ${String(offset)}`),
  };
  const failure = await followTurn(
    source,
    {
      onEvent(event) {
        if (event.type === 'text-delta') text += event.text;
        if (event.type === 'reply-cut') text = text.slice(0, event.length);
        if (event.type === 'turn-end') ({ state } = event.end);
      },
      onLost: () => (lost += 1),
      onSendAgain: () => undefined,
      pause: (_attempt, _signal, retryAt) => {
        if (retryAt) requests.push(`pause until ${String(retryAt)}`);
        return Promise.resolve();
      },
      idleTimeoutMs: 100,
    },
    new AbortController().signal,
  );
  return { requests, text, state, lost, failure };
}

test('a stream that ends well is the only request', async () => {
  const turn = await follow([stream(KICKOFF, token('Hel', 3), token('lo', 5), DONE)]);
  expect(turn).toEqual({
    requests: ['stream'],
    text: 'Hello',
    state: 'complete',
    lost: 0,
    failure: null,
  });
});

test('a broken stream is watched from where it broke', async () => {
  const turn = await follow([
    stream(KICKOFF, token('Hel', 3)),
    problem(0),
    stream(kickoffAt(3), token('lo', 5), DONE),
  ]);
  expect(turn).toMatchObject({ text: 'Hello', state: 'complete', lost: 2, failure: null });
  expect(turn.requests).toEqual(['stream', 'watch 3', 'watch 3']);
});

test('frames that overlap after a reconnection are not shown twice', async () => {
  const turn = await follow([
    stream(KICKOFF, token('Hel', 3)),
    stream(KICKOFF, token('Hello', 5), DONE),
  ]);
  expect(turn.text).toBe('Hello');
});

test('the plain request is the fallback for a stream', async () => {
  const html = () => ok(new Response('<html>', { status: 200 }));
  for (const none of [() => problem(0), html, () => stream()]) {
    for (const unseen of [() => problem(404), () => problem(0), html, () => stream()]) {
      const turn = await follow([none(), unseen(), plain('Hello')]);
      const requests = ['stream', 'watch 0', 'plain'];
      expect(turn).toMatchObject({ requests, text: 'Hello', state: 'complete' });
    }
  }
});

test('a turn that began although its request was lost is watched, not resent', async () => {
  const begun = () => stream(KICKOFF, token('Hello', 5), DONE);
  const turn = await follow([problem(0), begun()]);
  expect(turn).toMatchObject({ requests: ['stream', 'watch 0'], text: 'Hello', failure: null });
  const later = await follow([problem(0), problem(404), problem(0), begun()]);
  expect(later.requests).toEqual(['stream', 'watch 0', 'plain', 'watch 0']);
});

test('a message sent before is looked up first, and streamed when it is unknown', async () => {
  const begun = () => stream(KICKOFF, token('Hello', 5), DONE);
  const there = await follow([begun()], { wasSent: true });
  expect(there).toMatchObject({ requests: ['watch 0'], text: 'Hello', failure: null });
  const absent = await follow([problem(404), begun()], { wasSent: true });
  expect(absent).toMatchObject({ requests: ['watch 0', 'stream'], text: 'Hello', failure: null });
});

test('a refusal is final', async () => {
  for (const code of [400, 403, 404, 413, 422, 429, 503]) {
    const turn = await follow([problem(code)]);
    expect(turn).toMatchObject({ requests: ['stream'], failure: { code } });
  }
});

test('an error frame is final and gives the reason', async () => {
  const frame = 'data: {"error":"The model is busy.","code":500,"request_id":"r1","done":true}\n\n';
  const turn = await follow([stream(KICKOFF, frame)]);
  expect(turn).toMatchObject({
    requests: ['stream'],
    state: 'failed',
    failure: { code: 500, error: 'The model is busy.', ref: 'r1' },
  });
});

test('a plain request that fails after the turn began still shows the stored text', async () => {
  const cut = 'data: {"error":"Cut off","code":500,"done":true,"state":"interrupted"}\n\n';
  const turn = await follow([
    problem(0),
    problem(404),
    problem(500),
    stream(KICKOFF, token('Hel', 3), cut),
  ]);
  expect(turn).toMatchObject({ text: 'Hel', state: 'interrupted', failure: { code: 500 } });
  expect(turn.requests).toEqual(['stream', 'watch 0', 'plain', 'watch 0']);
});

test('a watched turn survives a busy server and ends when it is unknown', async () => {
  const turn = await follow([problem(503), problem(429), problem(404)], { watched: true });
  expect(turn).toMatchObject({ lost: 2, failure: { code: 404 } });
});

test('an unconfirmed turn is given up in the end', async () => {
  const turn = await follow([]);
  expect(turn.failure).toMatchObject({ code: 0 });
  expect(turn.requests).toEqual([
    'stream',
    ...Array.from({ length: 11 }, () => ['watch 0', 'plain']).flat(),
  ]);
});

test('a turn that the server has is never given up', async () => {
  const hours = Array.from({ length: 500 }, () => problem(0));
  const turn = await follow([
    stream(KICKOFF, token('Hel', 3)),
    ...hours,
    stream(token('lo', 5), DONE),
  ]);
  expect(turn).toMatchObject({ text: 'Hello', state: 'complete', lost: 501, failure: null });
});

test('a silent stream counts as lost', async () => {
  const silent = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(KICKOFF + token('Hel', 3)));
    },
  });
  const response = new Response(silent, { headers: { 'Content-Type': 'text/event-stream' } });
  const turn = await follow([ok(response), stream(token('lo', 5), DONE)]);
  expect(turn).toMatchObject({ text: 'Hello', lost: 1 });
});

test('an aborted turn is left at once', async () => {
  const controller = new AbortController();
  controller.abort();
  const source: TurnSource = {
    begin: null,
    beginPlain: null,
    reply: replyLog(),
    wasSent: true,
    watch: (_offset, signal) => Promise.reject(signal.reason as Error),
  };
  const deps = {
    onEvent: () => null,
    onLost: () => null,
    onSendAgain: () => null,
    pause: () => Promise.resolve(),
    idleTimeoutMs: 100,
  };
  await expect(followTurn(source, deps, controller.signal)).rejects.toThrow('aborted');
});

const DONE_AT = (length: number) => `id: ${String(length)}\n${DONE}`;

test('text that a killed process had not stored is replaced by the stored text', async () => {
  const kickoff = kickoffAt(4);
  const ended = await follow([stream(kickoff, DONE_AT(4))], { watched: true, held: 'Once upon' });
  expect(ended).toMatchObject({ requests: ['watch 9'], text: 'Once', state: 'complete' });
  const more = stream(kickoff, token(' more I', 11), token(' tell', 16), DONE_AT(16));
  expect(await follow([more], { watched: true, held: 'Once upon' })).toMatchObject({
    text: 'Once more I tell',
  });
});

test('a continuation that began with more text than was stored loses none of its own', async () => {
  for (const frames of [
    [token('Once', 4), token(' more I', 11), token(' tell', 16)],
    [token('Once more', 9), token(' I tell', 16)],
    [token('Once more I tell', 16)],
  ]) {
    const turn = await follow([stream(KICKOFF, ...frames, DONE_AT(16))], { held: 'Once upon' });
    expect(turn).toMatchObject({ text: 'Once more I tell', state: 'complete' });
  }
});

test('a reply that is cut off is no failure, and has the reason', async () => {
  const end = 'data: {"done":true,"state":"interrupted","cut":"length","reply_id":"m1"}\n\n';
  const turn = await follow([stream(KICKOFF, token('Hel', 3), end)]);
  expect(turn).toMatchObject({ text: 'Hel', state: 'interrupted' });
  expect(turn.failure).toMatchObject({ kind: 'cut-short', reason: 'length', code: 200 });
});

test('a watch that is refused for now is retried after Retry-After', async () => {
  const busy = problem(429);
  const later = { ...busy, problem: { kind: 'unknown', code: 429, ref: null, retryAt: 7000 } };
  const turn = await follow([
    stream(KICKOFF, token('Hel', 3)),
    later,
    stream(token('lo', 5), DONE),
  ]);
  expect(turn.requests).toEqual(['stream', 'watch 3', 'pause until 7000', 'watch 3']);
  expect(turn).toMatchObject({ text: 'Hello', failure: null });
});
