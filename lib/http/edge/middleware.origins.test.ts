import { expect, test } from 'vitest';
import { ask, cookieOf, KEY } from '@/tests/setup/middleware';

const cookie = cookieOf(await ask('/'));
test.each([
  ['a cookie and nothing else', { cookie }, 403],
  ['a cookie from this origin', { cookie, Origin: 'http://here' }, 200],
  ['a cookie and a browser that says so', { cookie, 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['a cookie from a named origin', { cookie, Origin: 'https://friend.example' }, 200],
  ['a cookie from elsewhere', { cookie, Origin: 'https://evil.example' }, 403],
  ['a cookie from another port', { cookie, Origin: 'http://here:81' }, 403],
  ['a cookie from a sandbox', { cookie, Origin: 'null' }, 403],
  ['a cookie from a sibling', { cookie, 'Sec-Fetch-Site': 'same-site' }, 403],
  ['a forged cookie and nothing else', { cookie: `${cookie}x` }, 200],
  ['no cookie and nothing else', {}, 200],
  ['no cookie from elsewhere', { Origin: 'https://evil.example' }, 403],
  ['a key from elsewhere', { Authorization: `Bearer ${KEY}`, Origin: 'https://evil.example' }, 200],
  [
    'a cookie behind a proxy that names the host',
    {
      cookie: `__Host-${cookie}`,
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'chat.example',
      Origin: 'https://chat.example',
    },
    200,
  ],
])('a change with %s', async (_, headers, status) => {
  expect((await ask('/api/sessions', { method: 'POST', headers })).status).toBe(status);
});

test('a read is never refused as cross-site', async () => {
  const headers = { cookie, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
  const response = await ask('/api/sessions', { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

test('an allowed origin can read a refusal', async () => {
  const headers = { Origin: 'https://friend.example', Authorization: 'Bearer wrong' };
  const response = await ask('/api/sessions', { headers });
  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://friend.example');
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});
