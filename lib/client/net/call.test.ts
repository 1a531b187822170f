import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import { ask, request } from './call';

test('an answer comes with the budget that is left', async () => {
  await browserServer((_, response) => {
    sendJson(response, 200, {}, { RateLimit: '"minute";r=7;t=30' });
  });
  const before = Date.now();
  const answer = await request('/api/models');
  expect(answer).toMatchObject({ ok: true, rate: { remaining: 7 } });
  // Counted on the clock of this device, whatever the server's says.
  expect(answer.rate?.resetAt).toBeGreaterThanOrEqual(before + 30_000);
});

test('a refusal is told with its reference and when to come back', async () => {
  await browserServer((_, response) => {
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
  await browserServer((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'));
  expect(await request('/api/chat')).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a connection that breaks is no answer', async () => {
  await browserServer((_, response) => response.destroy());
  expect(await request('/api/models')).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a server that takes the connection and never answers counts as unreachable', async () => {
  await browserServer(() => null);
  const answer = await request('/api/page', { deadlineMs: 50 });
  expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
});

/** Headers, and then nothing, as from a connection that died. */
const onlyHead = (response: ServerResponse, status = 200) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).write('{"begun":');

test.each([200, 500])(
  'an answer of JSON that stops after its head (%i) counts as unreachable',
  async (status) => {
    await browserServer((_, response) => onlyHead(response, status));
    const answer = await ask('/api/page', { deadlineMs: 50 });
    expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
  },
);

test('an answer of JSON that goes on coming is waited for', async () => {
  await browserServer((_, response) => {
    const pieces = ['{"a"', ':', '"slo', 'wly', '"', '}'];
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const timer = setInterval(() => {
      response.write(pieces.shift() ?? '');
      if (pieces.length > 0) return;
      clearInterval(timer);
      response.end();
    }, 250);
  });
  expect(await ask('/api/page', { deadlineMs: 1000 })).toMatchObject({ value: { a: 'slowly' } });
});

test('an answer of JSON that never ends is given up', async () => {
  await browserServer((_, response) => {
    onlyHead(response);
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => {
      clearInterval(timer);
    });
  });
  const answer = await ask('/api/page', { deadlineMs: 50 });
  expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('of a stream only the headers have a deadline: what was begun in time may come slowly', async () => {
  await browserServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('slow');
    setTimeout(() => response.end('ly'), 1500);
  });
  const answer = await request('/api/page', { deadlineMs: 1000 });
  expect(answer.ok && (await answer.value.text())).toBe('slowly');
});

test('an aborted call rejects, and so does the body of one that was answered', async () => {
  await browserServer((line, response) => {
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
