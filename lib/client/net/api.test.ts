import { expect, test } from 'vitest';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import {
  createSession,
  deleteSession,
  earlierMessages,
  exportAddress,
  renameSession,
  restoreSession,
} from '@/lib/client/net/api';
import {
  forgetMemory,
  memoryRevisions,
  readMemory,
  writeMemory,
} from '@/lib/client/memory/memory-api';

test('a new session is listed by the first words of its message', async () => {
  await browserServer((_, response) => {
    const created_at = '2026-11-23T12:00:00+00:00';
    sendJson(response, 200, { id: 's1', title: null, created_at, updated_at: created_at });
  });
  expect(await createSession('Hello', null)).toMatchObject({
    value: { id: 's1', title: null, opening: 'Hello', lastActivity: '2026-11-23T12:00:00+00:00' },
  });
});

test('earlier messages are requested by the id of the next one', async () => {
  const page = { messages: [{ id: 'm1', role: 'user', content: 'Hi' }], hasEarlier: true };
  const server = await browserServer((_, response) => {
    sendJson(response, 200, page);
  });
  expect(await earlierMessages('s1', 'm9')).toMatchObject({ value: page });
  expect(server.requests[0]?.line).toBe('GET /api/page/messages?session_id=s1&before=m9');
});

test('each action on a session has its URL', async () => {
  const server = await browserServer((line, response) => {
    if (line.startsWith('DELETE')) response.writeHead(204).end();
    else sendJson(response, 200, {});
  });
  await renameSession('a/b', 'New', null);
  await deleteSession('s');
  await restoreSession('s');
  await readMemory('s');
  await writeMemory('s', { enabled: false });
  await forgetMemory('s');
  await memoryRevisions('s', 20);
  expect(server.requests.map(({ line }) => line)).toEqual([
    'PATCH /api/sessions/a%2Fb',
    'DELETE /api/sessions/s',
    'POST /api/sessions/s/restore',
    'GET /api/sessions/s/memory',
    'PUT /api/sessions/s/memory',
    'DELETE /api/sessions/s/memory',
    'GET /api/sessions/s/memory/revisions?limit=20',
  ]);
  expect(exportAddress('s', 'md')).toBe('/api/sessions/s/export?format=md');
});
