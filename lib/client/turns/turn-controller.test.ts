import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { sendJson } from '@/tests/programs/browser-server';
import {
  AGAIN,
  DONE,
  DONE_AGAIN,
  HELLO,
  KICKOFF,
  openClientTurns,
  SEND,
  stream,
} from '@/tests/setup/turns/client-turns';
import { readUnsent } from './unsent';
import { said } from '@/tests/setup/entries';

test('a message is sent under its own key and its reply is followed to the end', async () => {
  const { turns, registry, only, ended, server, rates, storage } = await openClientTurns(
    (_, response) => {
      stream(response, KICKOFF, HELLO, DONE);
    },
  );
  turns.send(SEND);
  expect(readUnsent(storage, 's')).toHaveLength(1);
  await ended();
  expect(only()).toMatchObject({ confirmed: true, problem: null, end: { state: 'complete' } });
  expect(registry.text(only().id)).toBe('Hello');
  expect(server.requests[0]?.key).toBe(only().id);
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    message: 'Hi',
    model: 'demo',
    session_id: 's',
  });
  expect(readUnsent(storage, 's')).toEqual([]);
  expect(rates[0]?.remaining).toBe(2);
});

test('without streaming the plain route is used', async () => {
  const { turns, registry, only, ended, lines } = await openClientTurns((_, response) => {
    sendJson(response, 200, { reply: 'Hello', request_id: 'r1', reply_id: 'm1' });
  });
  turns.send({ ...SEND, stream: false });
  await ended();
  expect([lines(), registry.text(only().id)]).toEqual([['POST /api/chat'], 'Hello']);
});

test('a refused message is kept and resent under the same key', async () => {
  let refuse = true;
  const { turns, registry, only, ended, server } = await openClientTurns((_, response) => {
    if (refuse) sendJson(response, 429, { error: 'Too Many Requests', code: 429 });
    else stream(response, KICKOFF, HELLO, DONE);
  });
  turns.send(SEND);
  await ended();
  expect(only()).toMatchObject({ confirmed: false, userText: 'Hi', problem: { code: 429 } });
  refuse = false;
  turns.resume(only().id, true);
  await ended();
  expect(registry.text(only().id)).toBe('Hello');
  expect(new Set(server.requests.map(({ key }) => key)).size).toBe(1);
});

test('during the plain fallback the turn is sending, not lost', async () => {
  let plain: ServerResponse | null = null;
  const { turns, only, ended, lines } = await openClientTurns((line, response) => {
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

test('a running turn is watched once', async () => {
  const { turns, registry, only, ended, lines } = await openClientTurns((_, response) => {
    stream(response, KICKOFF, HELLO, DONE);
  });
  turns.watch('s', 'r1');
  turns.watch('s', 'r1');
  await ended();
  expect(lines()).toEqual(['GET /api/chat/stream/r1']);
  expect([only().userText, registry.text('r1')]).toEqual([null, 'Hello']);
});

test('a reply resumes where it broke after a long outage', async () => {
  let up = false;
  const { turns, registry, only, ended, lines } = await openClientTurns((line, response) => {
    if (line.startsWith('POST')) {
      stream(response, KICKOFF, HELLO);
      setImmediate(() => response.destroy());
    } else if (up)
      stream(
        response,
        KICKOFF.replace('id: 0', 'id: 5'),
        'id: 11\ndata: {"token":" again"}\n\n',
        DONE_AGAIN,
      );
    else response.destroy();
  });
  turns.send(SEND);
  await vi.waitFor(() => {
    expect(lines().length).toBeGreaterThan(30);
  });
  expect(only()).toMatchObject({ confirmed: true, phase: 'lost', problem: null });
  up = true;
  await ended();
  expect(registry.text(only().id)).toBe('Hello again');
  expect(lines().filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

test('a message given up as unsent is followed when the server has it after all', async () => {
  let up = false;
  const { turns, registry, only, ended, lines } = await openClientTurns((_, response) => {
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
  expect(registry.text(id)).toBe('Hello');
  const sent = lines().length;
  turns.watch('s', 'r1');
  expect(lines()).toHaveLength(sent);
});

test.each([
  ['streamed', true, ['POST /api/chat/stream']],
  ['plain', false, ['POST /api/chat', 'GET /api/chat/stream/r1']],
])('a reply is continued from its text, %s, and only once', async (_, stream_, requests) => {
  const { turns, registry, only, ended, lines, server } = await openClientTurns(
    (line, response) => {
      if (line === 'POST /api/chat') {
        sendJson(response, 200, { reply: 'Hello again', request_id: 'r1', reply_id: 'm1' });
      } else stream(response, KICKOFF, AGAIN, DONE_AGAIN);
    },
  );
  const continues = { requestId: 'r0', key: 'r0 reply' };
  const wish = { sessionId: 's', continues, reply: said('Hello'), model: 'demo', stream: stream_ };
  turns.continue(wish);
  turns.continue(wish);
  expect(registry.text(only().id)).toBe('Hello');
  await ended();
  expect([registry.text(only().id), lines()]).toEqual(['Hello again', requests]);
  expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
    continue: 'r0',
    model: 'demo',
    session_id: 's',
  });
});

test('a refused continuation is resent under the same key', async () => {
  let refuse = true;
  const { turns, registry, only, ended, server, storage } = await openClientTurns((_, response) => {
    if (refuse) sendJson(response, 429, { error: 'Too Many Requests', code: 429 });
    else stream(response, KICKOFF, AGAIN, DONE_AGAIN);
  });
  const continues = { requestId: 'r0', key: 'r0 reply' };
  turns.continue({ sessionId: 's', continues, reply: said('Hello'), model: 'demo', stream: true });
  await ended();
  expect([only().problem?.code, readUnsent(storage, 's')]).toEqual([429, []]);
  refuse = false;
  turns.resume(only().id, true);
  await ended();
  expect(registry.text(only().id)).toBe('Hello again');
  expect(new Set(server.requests.map(({ key, body }) => `${String(key)} ${body}`)).size).toBe(1);
});

test('a bug on this page is reported as one, not as an unsent message', async () => {
  const mistake = new TypeError('undefined is not a function');
  const { turns, registry, only, ended, errors } = await openClientTurns((_, response) => {
    stream(response, KICKOFF, HELLO, DONE);
  });
  const stop = registry.subscribe(() => {
    if (registry.get(only().id)?.confirmed !== true) return;
    stop();
    throw mistake;
  });
  turns.send(SEND);
  await ended();
  expect(errors).toEqual([mistake]);
  expect(only().problem).toMatchObject({ kind: 'page-fault', code: 0 });
});
