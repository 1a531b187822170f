import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import { requestJson, requestStream } from './call';

test('an answer includes the rate limit', async () => {
  await browserServer((_, response) => {
    sendJson(response, 200, {}, { RateLimit: '"minute";r=7;t=30' });
  });
  const before = Date.now();
  const answer = await requestStream('/api/models');
  expect(answer).toMatchObject({ ok: true, rate: { remaining: 7 } });
  // By this device's clock, whatever the server's is.
  expect(answer.rate?.resetAt).toBeGreaterThanOrEqual(before + 30_000);
});

test('a refusal has its reference and retry time', async () => {
  await browserServer((_, response) => {
    const headers = { 'X-Request-ID': 'r1', 'Retry-After': '40' };
    sendJson(response, 429, { error: 'Too Many Requests', code: 429, request_id: 'r1' }, headers);
  });
  const before = Date.now();
  const { ok, ...answer } = await requestStream('/api/chat', { method: 'POST', body: {} });
  expect(ok).toBe(false);
  expect(answer).toMatchObject({ problem: { code: 429, ref: 'r1' } });
  const retryAt = 'problem' in answer ? answer.problem.retryAt : null;
  expect(retryAt).toBeGreaterThanOrEqual(before + 40_000);
});

test('an error page of a proxy counts as unreachable', async () => {
  await browserServer((_, response) => response.writeHead(502).end('<h1>Bad Gateway</h1>'));
  expect(await requestStream('/api/chat')).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a broken connection counts as unreachable', async () => {
  await browserServer((_, response) => response.destroy());
  expect(await requestStream('/api/models')).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a server that accepts the connection and never answers counts as unreachable', async () => {
  await browserServer(() => null);
  const answer = await requestStream('/api/page', { deadlineMs: 50 });
  expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
});

/** Headers and then silence, like a dead connection. */
const onlyHead = (response: ServerResponse, status = 200) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).write('{"begun":');

test.each([200, 500])(
  'a JSON response that stops after its headers (%i) counts as unreachable',
  async (status) => {
    await browserServer((_, response) => onlyHead(response, status));
    const answer = await requestJson('/api/page', { deadlineMs: 50 });
    expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
  },
);

test('a slow JSON response that keeps arriving is read to its end', async () => {
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
  expect(await requestJson('/api/page', { deadlineMs: 1000 })).toMatchObject({
    value: { a: 'slowly' },
  });
});

test('a JSON response that never ends times out', async () => {
  await browserServer((_, response) => {
    onlyHead(response);
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => {
      clearInterval(timer);
    });
  });
  const answer = await requestJson('/api/page', { deadlineMs: 50 });
  expect(answer).toMatchObject({ ok: false, problem: { code: 0 } });
});

test('a stream has a timeout only for its headers', async () => {
  await browserServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('slow');
    setTimeout(() => response.end('ly'), 1500);
  });
  const answer = await requestStream('/api/page', { deadlineMs: 1000 });
  expect(answer.ok && (await answer.value.text())).toBe('slowly');
});

test('an aborted call rejects, and so does the body of an answered one', async () => {
  await browserServer((line, response) => {
    if (line === 'GET /api/page') response.writeHead(200).write('begun');
  });
  const controller = new AbortController();
  const { signal } = controller;
  const answer = await requestStream('/api/page', { signal });
  const pending = requestStream('/api/models', { signal });
  const reading = answer.ok ? answer.value.text() : Promise.resolve('refused');
  controller.abort();
  await expect(pending).rejects.toThrow('aborted');
  await expect(reading).rejects.toThrow('aborted');
});
