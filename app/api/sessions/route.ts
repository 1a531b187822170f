import { randomUUID } from 'node:crypto';
import { services, trashKeptSince } from '@/app/composition';
import { parseInput, parseQuery, readOptionalJson } from '@/lib/http/request/body';
import { idempotencyOf, idOfKey } from '@/lib/http/request/idempotency';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { pageOf, readCursor } from '@/lib/sessions/cursor';
import { presentSession, presentSummary } from '@/lib/sessions/present';
import { createSessionInput, listSessionsQuery } from '@/lib/sessions/session';
import { checkSettings } from './check-settings';
import { forgetSessions } from './forget';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions', {
  async GET(request, { principal: { owner } }) {
    const { limit, cursor, list } = parseQuery(listSessionsQuery, request);
    const { store } = await services();
    const after = cursor === undefined ? null : readCursor(cursor);
    const since = list === 'deleted' ? trashKeptSince() : undefined;
    const read = await store.sessions.list({ owner, list, since, limit: limit + 1, after });
    const { rows, next } = pageOf(read, limit);
    const which = list === 'current' ? '' : `${list}=1&`;
    const address = `/api/sessions?${which}limit=${String(limit)}&cursor=${String(next)}`;
    return json(rows.map(presentSummary), {
      headers: next === null ? {} : { Link: `<${address}>; rel="next"` },
    });
  },

  async POST(request, { principal: { owner }, annotate }) {
    const input = parseInput(createSessionInput, await readOptionalJson(request));
    await checkSettings(input.settings);
    const key = idempotencyOf(request, input)?.key;
    const id = key === undefined ? randomUUID() : idOfKey(owner, key);
    const { store } = await services();
    const session = await store.sessions.create({ id, owner, ...input, now: new Date() });
    annotate({ session_id: session.id });
    return json(presentSession(session));
  },

  DELETE: (request, { principal: { owner } }) => forgetSessions(request, owner),
});
