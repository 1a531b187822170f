import { randomUUID } from 'node:crypto';
import { services } from '@/app/composition';
import { parseInput, parseQuery, readOptionalJson } from '@/lib/http/body';
import { json } from '@/lib/http/json';
import { route } from '@/lib/http/route';
import { readCursor, writeCursor } from '@/lib/sessions/cursor';
import { presentSession, presentSummary } from '@/lib/sessions/present';
import { createSessionInput, listSessionsQuery } from '@/lib/sessions/session';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions', {
  async GET(request, { owner }) {
    const { limit, cursor } = parseQuery(listSessionsQuery, request);
    const { store } = await services();
    const after = cursor === undefined ? null : readCursor(cursor);
    const rows = await store.sessions.list({ owner, limit: limit + 1, after });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = last && rows.length > limit;
    const next = more && `/api/sessions?limit=${String(limit)}&cursor=${writeCursor(last)}`;
    return json(page.map(presentSummary), {
      headers: next ? { Link: `<${next}>; rel="next"` } : {},
    });
  },

  async POST(request, { owner, annotate }) {
    const { title } = parseInput(createSessionInput, await readOptionalJson(request));
    const { store } = await services();
    const session = await store.sessions.create({
      id: randomUUID(),
      owner,
      title,
      now: new Date(),
    });
    annotate({ session_id: session.id });
    return json(presentSession(session));
  },
});
