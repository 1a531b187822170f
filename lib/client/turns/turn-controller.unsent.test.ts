import { expect, test, vi } from 'vitest';
import { KICKOFF, openClientTurns, SEND, stream } from '@/tests/setup/turns/client-turns';
import { readUnsent } from './unsent';

test('an undelivered message is shown at the next visit', async () => {
  const { turns, ended, visit, only } = await openClientTurns((_, response) => response.destroy());
  turns.send(SEND);
  await ended();
  expect(only()).toMatchObject({ confirmed: false, problem: { code: 0 } });
  const later = visit();
  later.restoreUnsent('s');
  later.restoreUnsent('s');
  expect(later.registry.of('s')).toMatchObject([{ id: only().id, userText: 'Hi', phase: 'ended' }]);
  void later.dismiss(only().id);
  expect(later.registry.of('s')).toEqual([]);
  const last = visit();
  last.restoreUnsent('s');
  expect(last.registry.of('s')).toEqual([]);
});

test('an undelivered retry is resent as a retry, and dismissed with what it replaces', async () => {
  const { turns, ended, visit, server, lines, only } = await openClientTurns((_, response) => {
    response.destroy();
  });
  turns.send({ ...SEND, retryOf: 'r0' });
  await ended();
  const sent = server.requests[0]?.body;
  const later = visit();
  later.restoreUnsent('s');
  server.requests.length = 0;
  later.resume(only().id, true);
  await vi.waitFor(() => {
    expect(later.registry.of('s')[0]?.phase).toBe('ended');
  });
  const again = server.requests.find(({ line }) => line.startsWith('POST'));
  expect(again).toMatchObject({ key: only().id, body: sent });
  server.requests.length = 0;
  void later.dismiss(only().id);
  await vi.waitFor(() => {
    expect(lines().toSorted()).toEqual(
      [
        `DELETE /api/chat/stream/${only().id}?dismiss=true`,
        'DELETE /api/chat/stream/r0?dismiss=true',
      ].toSorted(),
    );
  });
});

test('a message that a page has is not unsent, in this tab and at the next visit', async () => {
  const { turns, ended, visit, only, storage } = await openClientTurns((_, response) => {
    response.destroy();
  });
  turns.send(SEND);
  await ended();
  const { id } = only();
  const stored = { id: 'm1', role: 'user', content: 'Hi', state: 'complete', turn: id } as const;
  const nothing = { id: 's', messages: [], running: [], failed: [] };
  turns.dropArrived(nothing);
  expect([only().id, readUnsent(storage, 's').length]).toEqual([id, 1]);
  turns.dropArrived({ ...nothing, messages: [stored], running: [id] });
  expect([only().id, readUnsent(storage, 's')]).toEqual([id, []]);
  const failed = [{ requestId: id, text: 'Hi', failure: { kind: 'internal', code: 500 } }];
  turns.dropArrived({ ...nothing, failed });
  expect(turns.registry.of('s')).toEqual([]);
  const later = visit();
  later.restoreUnsent('s');
  expect(later.registry.of('s')).toEqual([]);
});

test('dismissing a failed turn deletes it on the server too', async () => {
  const failed =
    'data: {"error":"Busy","code":500,"request_id":"r1","done":true,"state":"failed"}\n\n';
  const { turns, registry, only, ended, lines } = await openClientTurns((line, response) => {
    if (line.startsWith('DELETE')) response.writeHead(204).end();
    else stream(response, KICKOFF, failed);
  });
  turns.send(SEND);
  await ended();
  expect(only().problem).toMatchObject({ error: 'Busy', ref: 'r1' });
  void turns.dismiss(only().id);
  expect(registry.of('s')).toEqual([]);
  await vi.waitFor(() => {
    expect(lines()).toContain('DELETE /api/chat/stream/r1?dismiss=true');
  });
});
