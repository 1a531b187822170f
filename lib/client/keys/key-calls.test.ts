import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import { createKey, readKeys, revokeKey } from './key-calls';

test('each call has its address and body', async () => {
  const server = await browserServer((line, response) => {
    if (line.startsWith('DELETE')) response.writeHead(204).end();
    else sendJson(response, 200, line.startsWith('POST') ? { id: 'k1', key: 'ask_1' } : []);
  });
  expect(await readKeys()).toMatchObject({ ok: true, value: [] });
  const made = await createKey({ name: 'ci', scopes: ['chat'], expires_at: null });
  expect(made).toMatchObject({ value: { id: 'k1', key: 'ask_1' } });
  expect(await revokeKey('a/b')).toMatchObject({ ok: true });
  expect(server.requests.map(({ line }) => line)).toEqual([
    'GET /api/keys',
    'POST /api/keys',
    'DELETE /api/keys/a%2Fb',
  ]);
});
