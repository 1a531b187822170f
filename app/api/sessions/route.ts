import { randomUUID } from 'node:crypto';
import { memoryDefault, services, trashKeptSince } from '@/app/composition';
import { parseInput, parseQuery, readOptionalJson } from '@/lib/http/request/body';
import { idempotencyOf, idOfKey } from '@/lib/http/request/idempotency';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { pageOf, readCursor } from '@/lib/sessions/cursor';
import { presentSession, presentSummary } from '@/lib/sessions/present';
import { listSessionsQuery } from '@/lib/sessions/lists/list-query';
import { createSessionInput } from '@/lib/sessions/session';
import { checkSettings } from './check-settings';
import { forgetSessions } from './forget';
import { nextPage } from './next-page';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions', {
  async GET(request, { principal: { owner } }) {
    const { limit, cursor, ...which } = parseQuery(listSessionsQuery, request);
    const { store } = await services();
    const after = cursor === undefined ? null : readCursor(cursor, which.sort);
    const since = which.list === 'deleted' ? trashKeptSince() : undefined;
    const read = await store.sessions.list({ owner, ...which, since, limit: limit + 1, after });
    const { rows, next } = pageOf(read, limit);
    return json(rows.map(presentSummary), { headers: nextPage(request, limit, next) });
  },

  async POST(request, { principal: { owner }, annotate }) {
    const input = parseInput(createSessionInput, await readOptionalJson(request));
    await checkSettings(input.settings);
    const key = idempotencyOf(request, input)?.key;
    const id = key === undefined ? randomUUID() : idOfKey(owner, key);
    const { store } = await services();
    const created = { id, owner, ...input, memoryEnabled: memoryDefault(), now: new Date() };
    const session = await store.sessions.create(created);
    annotate({ session_id: session.id });
    return json(presentSession(session));
  },

  DELETE: (request, { principal: { owner } }) => forgetSessions(request, owner),
});
