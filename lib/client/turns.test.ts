import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { browserServer, sendJson } from '@/tests/setup/browser-server';
import type { DraftStorage } from './drafts';
import type { Rate } from './rate';
import { turnBook } from './turn-book';
import { openTurns } from './turns';
import { readUnsent } from './unsent';

const KICKOFF = 'id: 0\ndata: {"request_id":"r1"}\n\n';
const HELLO = 'id: 5\ndata: {"token":"Hello"}\n\n';
const AGAIN = 'id: 11\ndata: {"token":"Hello again"}\n\n';
const DONE = 'id: 5\ndata: {"done":true,"state":"complete","reply_id":"m1"}\n\n';
const STOPPED = 'id: 5\ndata: {"done":true,"state":"stopped","reply_id":"m1"}\n\n';

function stream(response: ServerResponse, ...frames: string[]): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    RateLimit: '"minute";r=2;t=30',
  });
  for (const frame of frames) response.write(frame);
}

function memoryStorage(): DraftStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

async function open(answer: (line: string, response: ServerResponse) => void) {
  const server = await browserServer(answer);
  onTestFinished(() => server.close());
  const storage = memoryStorage();
  const rates: Rate[] = [];
  const visit = () =>
    openTurns({
      book: turnBook((draw) => setImmediate(draw)),
      storage: () => storage,
      pause: () => Promise.resolve(),
      onRate: (rate) => rates.push(rate),
    });
  const turns = visit();
  const { book } = turns;
  const lines = () => server.asked.map(({ line }) => line);
  const only = () => book.of('s')[0]!;
  const ended = () =>
    vi.waitFor(() => {
      expect(only().phase).toBe('ended');
    });
  return { turns, book, storage, rates, visit, server, lines, only, ended };
}

const SEND = { sessionId: 's', text: 'Hi', model: 'demo', stream: true, retryOf: null };

test('a message is sent under a key of its own and its reply is followed to the end', async () => {
  const { turns, book, only, ended, server, rates, storage } = await open((_, response) => {
    stream(response, KICKOFF, HELLO, DONE);
  });
  turns.send(SEND);
  expect(readUnsent(storage, 's')).toHaveLength(1);
  await ended();
  expect(only()).toMatchObject({ confirmed: true, problem: null, end: { state: 'complete' } });
  expect(book.text(only().id)).toBe('Hello');
  expect(server.asked[0]?.key).toBe(only().id);
  expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
    message: 'Hi',
    model: 'demo',
    session_id: 's',
  });
  expect(readUnsent(storage, 's')).toEqual([]);
  expect(rates[0]?.remaining).toBe(2);
});

test('without streaming the plain route is asked', async () => {
  const { turns, book, only, ended, lines } = await open((_, response) => {
    sendJson(response, 200, { reply: 'Hello', request_id: 'r1', reply_id: 'm1' });
  });
  turns.send({ ...SEND, stream: false });
  await ended();
  expect([lines(), book.text(only().id)]).toEqual([['POST /api/chat'], 'Hello']);
});

test('a refused message is kept and sent again under the same key', async () => {
  let refuse = true;
  const { turns, book, only, ended, server } = await open((_, response) => {
    if (refuse) sendJson(response, 429, { error: 'Too Many Requests', code: 429 });
    else stream(response, KICKOFF, HELLO, DONE);
  });
  turns.send(SEND);
  await ended();
  expect(only()).toMatchObject({ confirmed: false, words: 'Hi', problem: { code: 429 } });
  refuse = false;
  turns.resume(only().id, true);
  await ended();
  expect(book.text(only().id)).toBe('Hello');
  expect(new Set(server.asked.map(({ key }) => key)).size).toBe(1);
});

test('Stop is one request, and the reply keeps what came', async () => {
  let streaming: ServerResponse | null = null;
  const { turns, book, only, ended, lines } = await open((line, response) => {
    if (line.startsWith('DELETE')) {
      response.writeHead(204).end();
      streaming?.write(STOPPED);
    } else {
      streaming = response;
      stream(response, KICKOFF, HELLO);
    }
  });
  turns.send(SEND);
  await vi.waitFor(() => {
    expect(book.text(only().id)).toBe('Hello');
  });
  turns.stop(only().id);
  expect(only().stopping).toBe(true);
  await ended();
  expect(only()).toMatchObject({ stopping: false, end: { state: 'stopped' } });
  expect(lines()).toEqual(['POST /api/chat/stream', 'DELETE /api/chat/stream/r1']);
});

test('words that never arrive are shown at the next visit', async () => {
  const { turns, ended, visit, only } = await open((_, response) => response.destroy());
  turns.send(SEND);
  await ended();
  expect(only()).toMatchObject({ confirmed: false, problem: { code: 0 } });
  const later = visit();
  later.restoreUnsent('s');
  later.restoreUnsent('s');
  expect(later.book.of('s')).toMatchObject([{ id: only().id, words: 'Hi', phase: 'ended' }]);
  later.dismiss(only().id);
  expect(later.book.of('s')).toEqual([]);
  const last = visit();
  last.restoreUnsent('s');
  expect(last.book.of('s')).toEqual([]);
});

test('a running turn is watched once', async () => {
  const { turns, book, only, ended, lines } = await open((_, response) => {
    stream(response, KICKOFF, HELLO, DONE);
  });
  turns.watch('s', 'r1');
  turns.watch('s', 'r1');
  await ended();
  expect(lines()).toEqual(['GET /api/chat/stream/r1']);
  expect([only().words, book.text('r1')]).toEqual([null, 'Hello']);
});

test('a reply whose connection is away for long goes on where it broke', async () => {
  let up = false;
  const { turns, book, only, ended, lines } = await open((line, response) => {
    if (line.startsWith('POST')) {
      stream(response, KICKOFF, HELLO);
      setImmediate(() => response.destroy());
    } else if (up) stream(response, KICKOFF, 'id: 11\ndata: {"token":" again"}\n\n', DONE);
    else response.destroy();
  });
  turns.send(SEND);
  await vi.waitFor(() => {
    expect(lines().length).toBeGreaterThan(30);
  });
  expect(only()).toMatchObject({ confirmed: true, phase: 'lost', problem: null });
  up = true;
  await ended();
  expect(book.text(only().id)).toBe('Hello again');
  expect(lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

test('a message given up as not sent is followed when the server has it after all', async () => {
  const { turns, book, only, ended, lines } = await open((line, response) => {
    if (line.startsWith('POST')) response.destroy();
    else stream(response, KICKOFF, HELLO, DONE);
  });
  turns.send(SEND);
  await ended();
  const { id } = only();
  expect(only()).toMatchObject({ confirmed: false, problem: { code: 0 } });
  turns.watch('s', id);
  await ended();
  expect(only()).toMatchObject({ confirmed: true, problem: null, end: { state: 'complete' } });
  expect(book.text(id)).toBe('Hello');
  const sent = lines().length;
  turns.watch('s', 'r1');
  expect(lines()).toHaveLength(sent);
});

test('dismissing a failed turn forgets it on the server too', async () => {
  const failed =
    'data: {"error":"Busy","code":500,"request_id":"r1","done":true,"state":"failed"}\n\n';
  const { turns, book, only, ended, lines } = await open((line, response) => {
    if (line.startsWith('DELETE')) response.writeHead(204).end();
    else stream(response, KICKOFF, failed);
  });
  turns.send(SEND);
  await ended();
  expect(only().problem).toMatchObject({ message: 'Busy', ref: 'r1' });
  turns.dismiss(only().id);
  expect(book.of('s')).toEqual([]);
  await vi.waitFor(() => {
    expect(lines()).toContain('DELETE /api/chat/stream/r1');
  });
});

test.each([
  ['streamed', true, ['POST /api/chat/stream']],
  ['plain', false, ['POST /api/chat', 'GET /api/chat/stream/r1']],
])('a reply is continued from its text, %s, and once', async (_, stream_, asked) => {
  const { turns, book, only, ended, lines, server } = await open((line, response) => {
    if (line === 'POST /api/chat') {
      sendJson(response, 200, { reply: 'Hello again', request_id: 'r1', reply_id: 'm1' });
    } else stream(response, KICKOFF, AGAIN, DONE);
  });
  const continues = { requestId: 'r0', key: 'r0 reply' };
  const wish = { sessionId: 's', continues, text: 'Hello', model: 'demo', stream: stream_ };
  turns.continue(wish);
  turns.continue(wish);
  expect(book.text(only().id)).toBe('Hello');
  await ended();
  expect([book.text(only().id), lines()]).toEqual(['Hello again', asked]);
  expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
    continue: 'r0',
    model: 'demo',
    session_id: 's',
  });
});

test('a continuation that is refused is sent again under the same key', async () => {
  let refuse = true;
  const { turns, book, only, ended, server, storage } = await open((_, response) => {
    if (refuse) sendJson(response, 429, { error: 'Too Many Requests', code: 429 });
    else stream(response, KICKOFF, AGAIN, DONE);
  });
  const continues = { requestId: 'r0', key: 'r0 reply' };
  turns.continue({ sessionId: 's', continues, text: 'Hello', model: 'demo', stream: true });
  await ended();
  expect([only().problem?.code, readUnsent(storage, 's')]).toEqual([429, []]);
  refuse = false;
  turns.resume(only().id, true);
  await ended();
  expect(book.text(only().id)).toBe('Hello again');
  expect(new Set(server.asked.map(({ key, body }) => `${String(key)} ${body}`)).size).toBe(1);
});
