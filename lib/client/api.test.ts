import type { ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/setup/browser-server';
import {
  createSession,
  deleteSession,
  earlierMessages,
  exportAddress,
  forgetMemory,
  memoryRevisions,
  readMemory,
  renameSession,
  request,
  restoreSession,
  writeMemory,
} from './api';

async function serve(answer: (line: string, response: ServerResponse) => void) {
  const server = await browserServer(answer);
  onTestFinished(() => server.close());
  return server;
}

test('an answer comes with the budget that is left', async () => {
  await serve((_, response) => {
    sendJson(response, 200, {}, { RateLimit: '"minute";r=7;t=30' });
  });
  const before = Date.now();
  const answer = await request('/api/models');
  expect(answer).toMatchObject({ ok: true, rate: { remaining: 7 } });
  // Counted on the clock of this device, whatever the server's says.
  expect(answer.rate?.resetAt).toBeGreaterThanOrEqual(before + 30_000);
});

test('a refusal is told with its reference and when to come back', async () => {
  await serve((_, response) => {
    const headers = { 'X-Request-ID': 'r1', 'Retry-After': '40' };
    sendJson(response, 429, { error: 'Too Many Requests', code: 429, request_id: 'r1' }, headers);
  });
  const before = Date.now();
  const { ok, ...answer } = await request('/api/chat', { method: 'POST', body: {} });
  expect(ok).toBe(false);
  expect(answer).toMatchObject({ problem: { code: 429, ref: 'r1' } });
  const retryAt = 'problem' in answer ? answer.problem.retryAt : null;
  expect(retryAt).toBeGreaterThanOrEqual(before + 40_000);
});

test('what a proxy answers in place of the server counts as unreachable', async () => {
  await serve((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'));
  expect(await request('/api/chat')).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a connection that breaks is no answer', async () => {
  await serve((_, response) => response.destroy());
  expect(await request('/api/models')).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a server that takes the connection and never answers counts as unreachable', async () => {
  await serve(() => null);
  const answer = await request('/api/page', { deadlineMs: 50 });
  expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('only the headers have a deadline: what was begun in time may come slowly', async () => {
  await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('slow');
    setTimeout(() => response.end('ly'), 600);
  });
  const answer = await request('/api/page', { deadlineMs: 300 });
  expect(answer.ok && (await answer.value.text())).toBe('slowly');
});

test('an aborted call rejects, and so does the body of one that was answered', async () => {
  await serve((line, response) => {
    if (line === 'GET /api/page') response.writeHead(200).write('begun');
  });
  const controller = new AbortController();
  const { signal } = controller;
  const answer = await request('/api/page', { signal });
  const asking = request('/api/models', { signal });
  const reading = answer.ok ? answer.value.text() : Promise.resolve('refused');
  controller.abort();
  await expect(asking).rejects.toThrow('aborted');
  await expect(reading).rejects.toThrow('aborted');
});

test('a new session is listed by the words it begins with', async () => {
  await serve((_, response) => {
    const created_at = '2026-11-23T12:00:00+00:00';
    sendJson(response, 200, { id: 's1', title: null, created_at, updated_at: created_at });
  });
  expect(await createSession('Hello')).toMatchObject({
    value: { id: 's1', title: null, opening: 'Hello', lastActivity: '2026-11-23T12:00:00+00:00' },
  });
});

test('earlier messages are complete unless the server says otherwise', async () => {
  const server = await serve((_, response) => {
    const message = { id: 'm1', role: 'user', content: 'Hi', tokens: null };
    sendJson(response, 200, { messages: [message, { ...message, id: 'm2', state: 'stopped' }] });
  });
  const answer = await earlierMessages('s1', 'm9', 50);
  expect(answer).toMatchObject({
    value: [{ state: 'complete', turn: null }, { state: 'stopped' }],
  });
  expect(server.asked[0]?.line).toBe('GET /api/sessions/s1?before=m9&limit=50');
});

test('each thing that can be done with a session has its address', async () => {
  const server = await serve((line, response) => {
    if (line.startsWith('DELETE')) response.writeHead(204).end();
    else sendJson(response, 200, {});
  });
  await renameSession('a/b', 'New', null);
  await deleteSession('s');
  await restoreSession('s');
  await readMemory('s');
  await writeMemory('s', { enabled: false });
  await forgetMemory('s');
  await memoryRevisions('s');
  expect(server.asked.map(({ line }) => line)).toEqual([
    'PATCH /api/sessions/a%2Fb',
    'DELETE /api/sessions/s',
    'POST /api/sessions/s/restore',
    'GET /api/sessions/s/memory',
    'PUT /api/sessions/s/memory',
    'DELETE /api/sessions/s/memory',
    'GET /api/sessions/s/memory/revisions',
  ]);
  expect(exportAddress('s', 'md')).toBe('/api/sessions/s/export?format=md');
});
