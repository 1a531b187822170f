import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { browserServer, sendJson } from '@/tests/setup/browser-server';
import type { Rate } from './rate';
import { storageWith } from './testing';
import { turnBook } from './turn-book';
import { openTurns } from './turns';
import { readUnsent } from './unsent';

const KICKOFF = 'id: 0\ndata: {"request_id":"r1"}\n\n';
const HELLO = 'id: 5\ndata: {"token":"Hello"}\n\n';
const AGAIN = 'id: 11\ndata: {"token":"Hello again"}\n\n';
const DONE = 'id: 5\ndata: {"done":true,"state":"complete","reply_id":"m1"}\n\n';
const DONE_AGAIN = DONE.replace('id: 5', 'id: 11');
const STOPPED = 'id: 5\ndata: {"done":true,"state":"stopped","reply_id":"m1"}\n\n';

function stream(response: ServerResponse, ...frames: string[]): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    RateLimit: '"minute";r=2;t=30',
  });
  for (const frame of frames) response.write(frame);
}

/** `patient`: never tries again by itself. */
async function open(
  answer: (line: string, response: ServerResponse) => void,
  { patient = false } = {},
) {
  const server = await browserServer(answer);
  const storage = storageWith();
  const rates: Rate[] = [];
  const errors: unknown[] = [];
  let failedStops = 0;
  const visit = () =>
    openTurns({
      book: turnBook((draw) => setImmediate(draw)),
      storage,
      pause: (_, signal) =>
        patient
          ? new Promise((resolve) => {
              signal.addEventListener('abort', () => {
                resolve();
              });
            })
          : Promise.resolve(),
      onRate: (rate) => rates.push(rate),
      onStopFailed: () => (failedStops += 1),
      onError: (thrown) => errors.push(thrown),
    });
  const turns = visit();
  const stopsFailed = () => failedStops;
  const { book } = turns;
  const lines = () => server.asked.map(({ line }) => line);
  const only = () => book.of('s')[0]!;
  const ended = () =>
    vi.waitFor(() => {
      expect(only().phase).toBe('ended');
    });
  return { turns, book, storage, rates, visit, server, lines, only, ended, stopsFailed, errors };
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

test('a reply that could not be asked to stop goes on, says so, and can be stopped again', async () => {
  let stops = 0;
  let streaming: ServerResponse | null = null;
  const { turns, book, only, ended, stopsFailed } = await open((line, response) => {
    if (line.startsWith('POST')) {
      streaming = response;
      stream(response, KICKOFF, HELLO);
    } else if ((stops += 1) === 1) sendJson(response, 503, { error: 'Unavailable', code: 503 });
    else if (stops === 2) response.destroy();
    else {
      response.writeHead(204).end();
      streaming?.write(STOPPED);
    }
  });
  turns.send(SEND);
  await vi.waitFor(() => {
    expect(book.text(only().id)).toBe('Hello');
  });
  for (const failures of [1, 2]) {
    turns.stop(only().id);
    expect(only().stopping).toBe(true);
    await vi.waitFor(() => {
      expect([only().stopping, stopsFailed()]).toEqual([false, failures]);
    });
  }
  turns.stop(only().id);
  await ended();
  expect([only().end?.state, stopsFailed()]).toEqual(['stopped', 2]);
});

test('Stop while nothing answers gives the message up, and stops it where it has arrived all the same', async () => {
  let up = false;
  const asked = await open(
    (line, response) => {
      if (!up) response.destroy();
      else if (line.startsWith('DELETE')) response.writeHead(204).end();
      else stream(response, KICKOFF, STOPPED);
    },
    { patient: true },
  );
  const { turns, only, ended, lines, server } = asked;
  turns.send(SEND);
  await vi.waitFor(() => {
    expect([only().phase, lines().length]).toEqual(['lost', 3]);
  });
  const { id } = only();
  turns.stop(id);
  await ended();
  expect(only()).toMatchObject({ confirmed: false, stopping: false, problem: { code: 0 } });
  await vi.waitFor(() => {
    expect(lines().slice(3)).toEqual([`DELETE /api/chat/stream/${id}`]);
  });
  up = true;
  server.asked.length = 0;
  turns.watch('s', id);
  await ended();
  // Asked on a connection of its own, which may be the slower one.
  await vi.waitFor(() => {
    expect(lines()).toEqual([`GET /api/chat/stream/${id}`, 'DELETE /api/chat/stream/r1']);
  });
  expect(only()).toMatchObject({ confirmed: true, end: { state: 'stopped' } });
});

test('what was stopped before it arrived is not sent again when its connection breaks', async () => {
  let posted: ServerResponse | null = null;
  const { turns, only, ended, lines } = await open((line, response) => {
    if (line.startsWith('POST')) posted = response;
    else sendJson(response, 404, { error: 'Not Found', code: 404 });
  });
  turns.send(SEND);
  await vi.waitFor(() => {
    expect(posted).not.toBeNull();
  });
  turns.stop(only().id);
  await vi.waitFor(() => {
    expect(lines()).toHaveLength(2);
  });
  posted!.destroy();
  await ended();
  expect(only()).toMatchObject({ confirmed: false, stopping: false, problem: { code: 0 } });
  const stop = `DELETE /api/chat/stream/${only().id}`;
  await vi.waitFor(() => {
    expect(lines()).toEqual(['POST /api/chat/stream', stop, stop]);
  });
});

test('a message that was given up and is dismissed is stopped should it have arrived', async () => {
  let arrived = false;
  const { turns, book, only, ended, lines, server } = await open((line, response) => {
    if (!arrived) response.destroy();
    else if (line.startsWith('DELETE')) response.writeHead(204).end();
    else stream(response, KICKOFF, STOPPED);
  });
  turns.send(SEND);
  await ended();
  const { id } = only();
  server.asked.length = 0;
  turns.dismiss(id);
  expect(book.of('s')).toEqual([]);
  await vi.waitFor(() => {
    expect(lines()).toEqual([`DELETE /api/chat/stream/${id}?dismiss=true`]);
  });
  arrived = true;
  turns.watch('s', id);
  expect(only()).toMatchObject({ confirmed: true, stopping: true });
  await ended();
  await vi.waitFor(() => {
    expect(lines().slice(1)).toEqual([`GET /api/chat/stream/${id}`, 'DELETE /api/chat/stream/r1']);
  });
});

test('while the plain request stands in, the turn is being sent and not lost', async () => {
  let plain: ServerResponse | null = null;
  const { turns, only, ended, lines } = await open((line, response) => {
    if (line === 'POST /api/chat') plain = response;
    else if (line.startsWith('POST')) response.destroy();
    else sendJson(response, 404, { error: 'Not Found', code: 404 });
  });
  turns.send(SEND);
  await vi.waitFor(() => {
    expect(lines()).toHaveLength(3);
  });
  expect(only().phase).toBe('sending');
  sendJson(plain!, 200, { reply: 'Hello', request_id: 'r1', reply_id: 'm1' });
  await ended();
  expect(only()).toMatchObject({ confirmed: true, end: { state: 'complete' } });
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

test('a Retry that never arrived is sent again as what it was, and dismissed with what it replaces', async () => {
  const { turns, ended, visit, server, lines, only } = await open((_, response) => {
    response.destroy();
  });
  turns.send({ ...SEND, retryOf: 'r0' });
  await ended();
  const sent = server.asked[0]?.body;
  const later = visit();
  later.restoreUnsent('s');
  server.asked.length = 0;
  later.resume(only().id, true);
  await vi.waitFor(() => {
    expect(later.book.of('s')[0]?.phase).toBe('ended');
  });
  const again = server.asked.find(({ line }) => line.startsWith('POST'));
  expect(again).toMatchObject({ key: only().id, body: sent });
  server.asked.length = 0;
  later.dismiss(only().id);
  await vi.waitFor(() => {
    expect(lines().toSorted()).toEqual(
      [
        `DELETE /api/chat/stream/${only().id}?dismiss=true`,
        'DELETE /api/chat/stream/r0?dismiss=true',
      ].toSorted(),
    );
  });
});

test('a message that a page has is not unsent: not in this tab, and not at the next visit', async () => {
  const { turns, ended, visit, only, storage } = await open((_, response) => {
    response.destroy();
  });
  turns.send(SEND);
  await ended();
  const { id } = only();
  const stored = { id: 'm1', role: 'user', content: 'Hi', state: 'complete', turn: id } as const;
  const nothing = { id: 's', messages: [], running: [], failed: [] };
  turns.dropArrived(nothing);
  expect([only().id, readUnsent(storage, 's').length]).toEqual([id, 1]);
  turns.dropArrived({ ...nothing, messages: [stored], running: [id] });
  expect([only().id, readUnsent(storage, 's')]).toEqual([id, []]);
  const failed = [{ requestId: id, text: 'Hi', code: 500, message: 'No' }];
  turns.dropArrived({ ...nothing, failed });
  expect(turns.book.of('s')).toEqual([]);
  const later = visit();
  later.restoreUnsent('s');
  expect(later.book.of('s')).toEqual([]);
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
    } else if (up) stream(response, KICKOFF, 'id: 11\ndata: {"token":" again"}\n\n', DONE_AGAIN);
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
  let up = false;
  const { turns, book, only, ended, lines } = await open((_, response) => {
    if (!up) response.destroy();
    else stream(response, KICKOFF, HELLO, DONE);
  });
  turns.send(SEND);
  await ended();
  const { id } = only();
  expect(only()).toMatchObject({ confirmed: false, problem: { code: 0 } });
  up = true;
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
    expect(lines()).toContain('DELETE /api/chat/stream/r1?dismiss=true');
  });
});

test.each([
  ['streamed', true, ['POST /api/chat/stream']],
  ['plain', false, ['POST /api/chat', 'GET /api/chat/stream/r1']],
])('a reply is continued from its text, %s, and once', async (_, stream_, asked) => {
  const { turns, book, only, ended, lines, server } = await open((line, response) => {
    if (line === 'POST /api/chat') {
      sendJson(response, 200, { reply: 'Hello again', request_id: 'r1', reply_id: 'm1' });
    } else stream(response, KICKOFF, AGAIN, DONE_AGAIN);
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
    else stream(response, KICKOFF, AGAIN, DONE_AGAIN);
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

test('a mistake of this page is told as one, not as a message that was not sent', async () => {
  const mistake = new TypeError('undefined is not a function');
  const { turns, book, only, ended, errors } = await open((_, response) => {
    stream(response, KICKOFF, HELLO, DONE);
  });
  const stop = book.subscribe(() => {
    if (book.get(only().id)?.confirmed !== true) return;
    stop();
    throw mistake;
  });
  turns.send(SEND);
  await ended();
  expect(errors).toEqual([mistake]);
  expect(only().problem?.message).toBe(
    'Something went wrong on this page. Try again, or reload it.',
  );
});
