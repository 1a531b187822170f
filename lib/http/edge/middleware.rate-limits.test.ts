import { expect, test } from 'vitest';
import { ask } from '@/tests/setup/middleware';

test('a preflight is not counted', async () => {
  const headers = { Origin: 'https://friend.example', 'Access-Control-Request-Method': 'POST' };
  const response = await ask('/api/chat', { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-methods')).toContain('PATCH');
  expect(response.headers.get('x-ratelimit-limit')).toBeNull();
});

test('refused credentials count for the address, which limits guessing', async () => {
  const from = { 'X-Forwarded-For': '3.3.3.3' };
  const left = async (headers: Record<string, string>) => {
    const response = await ask('/api/chat', { method: 'POST', headers: { ...from, ...headers } });
    return [response.status, response.headers.get('x-ratelimit-remaining')];
  };
  expect(await left({ Authorization: 'Bearer wrong' })).toEqual([401, '999']);
  expect(await left({ Origin: 'https://evil.example' })).toEqual([403, '998']);
  expect(await left({ 'Content-Length': '1000000' })).toEqual([413, '997']);
  const page = await ask('/', { headers: { ...from, Authorization: 'Bearer wrong' } });
  expect([page.status, page.headers.get('x-ratelimit-remaining')]).toEqual([401, '996']);
});

test('pages have a rate limit per address of their own, health checks have none', async () => {
  const from = (path: string, address: string, method = 'GET') =>
    ask(path, { method, headers: { 'X-Forwarded-For': address } });
  const left = async (path: string) =>
    (await from(path, '4.4.4.4')).headers.get('x-ratelimit-remaining');
  const pages = ['/', '/s/1', '/s', '/nothing', '/icon.svgx', '/he%61lth'];
  const lefts = [];
  for (const path of pages) lefts.push(await left(path));
  expect(lefts).toEqual(['999', '998', '997', '996', '995', '994']);
  expect(await left('/health')).toBeNull();
  expect(await left('/api/sessions')).toBe('999');
});

test('both chat routes share one rate limit per address, which health checks and pages do not use', async () => {
  const from = (path: string, address: string, method = 'POST') =>
    ask(path, { method, headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
  for (const path of ['/health', '/health/ready', '/', '/s/1']) await from(path, '1.1.1.1', 'GET');
  const left = async (path: string) =>
    (await from(path, '1.1.1.1')).headers.get('x-ratelimit-remaining');
  expect([await left('/api/chat'), await left('/api/chat/stream')]).toEqual(['1', '0']);
  const refused = await from('/api/chat', '1.1.1.1');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ratelimit-limit')).toBe('2');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await from('/api/chat', '2.2.2.2')).status).toBe(200);
  expect((await from('/api/chat', '1.1.1.1', 'GET')).status).toBe(200);
});
