import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { sendJson } from '@/tests/programs/browser-server';
import {
  HELLO,
  KICKOFF,
  openClientTurns,
  SEND,
  STOPPED,
  stream,
} from '@/tests/setup/turns/client-turns';

test('Stop is one request, and the reply keeps its text', async () => {
  let streaming: ServerResponse | null = null;
  const { turns, registry, only, ended, lines } = await openClientTurns((line, response) => {
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
    expect(registry.text(only().id)).toBe('Hello');
  });
  turns.stop(only().id);
  expect(only().stopping).toBe(true);
  await ended();
  expect(only()).toMatchObject({ stopping: false, end: { state: 'stopped' } });
  expect(lines()).toEqual(['POST /api/chat/stream', 'DELETE /api/chat/stream/r1']);
});

test('a failed stop request is reported, the reply goes on, and Stop works again', async () => {
  let stops = 0;
  let streaming: ServerResponse | null = null;
  const { turns, registry, only, ended, stopsFailed } = await openClientTurns((line, response) => {
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
    expect(registry.text(only().id)).toBe('Hello');
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

test('Stop while the server is unreachable cancels the message, and stops it if it arrived', async () => {
  let up = false;
  const requests = await openClientTurns(
    (line, response) => {
      if (!up) response.destroy();
      else if (line.startsWith('DELETE')) response.writeHead(204).end();
      else stream(response, KICKOFF, STOPPED);
    },
    { patient: true },
  );
  const { turns, only, ended, lines, server } = requests;
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
  server.requests.length = 0;
  turns.watch('s', id);
  await ended();
  // On a connection of its own, which may be slower.
  await vi.waitFor(() => {
    expect(lines()).toEqual([`GET /api/chat/stream/${id}`, 'DELETE /api/chat/stream/r1']);
  });
  expect(only()).toMatchObject({ confirmed: true, end: { state: 'stopped' } });
});

test('a message stopped before it arrived is not resent when its connection breaks', async () => {
  let posted: ServerResponse | null = null;
  const { turns, only, ended, lines } = await openClientTurns((line, response) => {
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

test('a dismissed message without an answer is stopped if it arrived', async () => {
  let arrived = false;
  const { turns, registry, only, ended, lines, server } = await openClientTurns(
    (line, response) => {
      if (!arrived) response.destroy();
      else if (line.startsWith('DELETE')) response.writeHead(204).end();
      else stream(response, KICKOFF, STOPPED);
    },
  );
  turns.send(SEND);
  await ended();
  const { id } = only();
  server.requests.length = 0;
  void turns.dismiss(id);
  expect(registry.of('s')).toEqual([]);
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
