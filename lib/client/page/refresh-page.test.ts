import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { SessionPage, ShownPage } from '@/lib/page/session-page';
import { browserServer, sendJson } from '@/tests/programs/browser-server';
import { openPendingWrites } from './pending-writes';
import type { LatestPage } from './client-state';
import { refreshPage } from './refresh-page';
import { storageWith } from '@/lib/client/browser/testing';
import { newTurn, turnRegistry, type LocalTurn } from '@/lib/client/turns/turn-registry';
import { openTurnController } from '@/lib/client/turns/turn-controller';
import { observable } from '@/lib/client/browser/observable';

const session: SessionPage = {
  id: 's',
  version: 3,
  model: null,
  title: null,
  opening: null,
  lastActivity: '',
  messages: [],
  hasEarlier: false,
  running: [],
  failed: [],
  tokens: null,
};
const page: ShownPage = { sessions: [], hasMore: false, session };
const failed: LocalTurn = {
  ...newTurn('r1', 's'),
  userText: 'Hi',
  phase: 'ended',
  confirmed: true,
  end: { state: 'failed', replyId: null, usage: null, failure: null },
  problem: { kind: 'internal', code: 500, ref: null, retryAt: null },
};

async function open(answer: (response: ServerResponse) => void) {
  const server = await browserServer((_line, response) => {
    answer(response);
  });
  const registry = turnRegistry((draw) => setImmediate(draw));
  const turns = openTurnController({
    registry,
    storage: storageWith(),
    pause: () => Promise.resolve(),
    onRate: () => undefined,
    onStopFailed: () => undefined,
    onError: (thrown) => {
      throw thrown;
    },
  });
  const state = {
    turns,
    latestPage: observable<LatestPage | null>(null),
    pendingWrites: openPendingWrites(),
  };
  return { ...state, registry, server, refresh: () => refreshPage(state, 's') };
}

test('a refresh reads the page with its session', async () => {
  const { refresh, latestPage, server } = await open((response) => {
    sendJson(response, 200, page);
  });
  expect(await refresh()).toBeNull();
  expect(latestPage.get()).toMatchObject({ sessionId: 's', page });
  expect(server.requests[0]?.line).toBe('GET /api/page?session_id=s');
});

test('a failed turn is removed when the server no longer has it, and otherwise kept', async () => {
  let answered: ShownPage = page;
  const { refresh, registry } = await open((response) => {
    sendJson(response, 200, answered);
  });
  const kept = { requestId: 'r1', text: 'Hi', failure: { kind: 'internal', code: 500 } };
  answered = { ...page, session: { ...session, failed: [kept] } };
  registry.add(failed);
  await refresh();
  expect(registry.get('r1')).not.toBeNull();
  answered = page;
  await refresh();
  expect(registry.get('r1')).toBeNull();
});

test('a page that may be older than a change of this tab is read again and not shown', async () => {
  const change = Promise.withResolvers<null>();
  const { refresh, latestPage, pendingWrites } = await open((response) => {
    void pendingWrites.during(change.promise);
    sendJson(response, 200, page);
  });
  expect(await refresh()).toBeGreaterThan(0);
  expect(await refresh()).toBeGreaterThan(0);
  expect(latestPage.get()).toBeNull();
  change.resolve(null);
});

test('an unreachable server is retried', async () => {
  const { refresh, latestPage } = await open((response) => response.destroy());
  expect(await refresh()).toBeGreaterThan(1000);
  expect(latestPage.get()).toBeNull();
});

test('a refusal is not retried, or only after Retry-After', async () => {
  let status = 401;
  const { refresh } = await open((response) => {
    const headers = { 'Retry-After': '90' };
    sendJson(response, status, { error: 'No', code: status }, status === 429 ? headers : {});
  });
  expect(await refresh()).toBeNull();
  status = 429;
  expect(await refresh()).toBeGreaterThan(80_000);
});
