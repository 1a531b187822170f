import { expect, test } from 'vitest';
import { ask, handedOn, PREFLIGHT } from '@/tests/setup/middleware';

test.each([
  [{ Host: 'evil.example' }, 421],
  [{ Host: 'here', 'X-Forwarded-Host': 'evil.example' }, 421],
  [{ Host: 'evil.example', 'X-Forwarded-Host': 'here' }, 421],
  [{ Host: 'HERE.:80', 'X-Forwarded-Host': 'evil.example, chat.example' }, 200],
  [{ Host: '127.0.0.1:3000' }, 200],
])('a request to %o is answered with %i on every path', async (headers, status) => {
  for (const path of ['/', '/s/1', '/api/sessions', '/health', '/health/ready', '/nothing'])
    expect((await ask(path, { headers })).status).toBe(status);
  const preflight = { ...headers, Origin: 'https://friend.example', ...PREFLIGHT };
  const preflighted = await ask('/api/chat', { method: 'OPTIONS', headers: preflight });
  expect(preflighted.status).toBe(status === 200 ? 204 : status);
});

test('an unknown host and a blocked address are refused with a reason, and not counted', async () => {
  const misdirected = await ask('/api/sessions', { headers: { Host: 'evil.example' } });
  expect(await misdirected.json()).toMatchObject({
    error: expect.stringContaining('ALLOWED_HOSTS'),
    code: 421,
  });
  const from = { 'X-Forwarded-For': '::ffff:909:909' };
  const blocked = await ask('/api/sessions', { headers: from });
  expect(await blocked.json()).toMatchObject({ error: expect.stringContaining('blocked') });
  expect([blocked.status, (await ask('/', { headers: from })).status]).toEqual([403, 403]);
  for (const { headers } of [misdirected, blocked])
    expect(headers.get('x-ratelimit-limit')).toBeNull();
});

test('a refusal is a page for a browser, and the JSON error for a program', async () => {
  const Host = 'evil.example';
  const seen = await ask('/', { headers: { Host, Accept: 'text/html,*/*;q=0.8' } });
  expect(seen.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(seen.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-/,
  );
  const html = await seen.text();
  expect(html).toContain('ALLOWED_HOSTS');
  expect(html).toContain(seen.headers.get('x-request-id'));
  const read = await ask('/', { headers: { Host, Accept: '*/*' } });
  expect(read.headers.get('content-type')).toContain('application/json');
});

test('each page has a new nonce, the same in the request to Next and in the response', async () => {
  const policies = [await ask('/'), await ask('/')].map((response) => {
    const policy = response.headers.get('content-security-policy');
    expect(handedOn(response, 'content-security-policy')).toBe(policy);
    return policy;
  });
  expect(policies[0]).toMatch(/script-src 'nonce-[\da-f]{32}' 'strict-dynamic';/);
  expect(policies[0]).not.toBe(policies[1]);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s on a page is 405', async (method) => {
  const response = await ask('/s/1', { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('the framework’s own error page is not served', async () => {
  expect((await ask('/_global-error')).status).toBe(404);
});

test('a body with a Content-Length over 64 KB is refused unread', async () => {
  const headers = { 'Content-Length': String(64 * 1024 + 1) };
  const response = await ask('/api/sessions', { method: 'POST', headers });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 413, request_id: expect.any(String) });
});
