import { services } from '@/app/composition';
import { parseInput, parseQuery, readJson } from '@/lib/http/request/body';
import { json, JSON_TYPE } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { textStream } from '@/lib/http/stream/text-stream';
import { jsonPieces } from '@/lib/sessions/export/json-pieces';
import { presentMessage, presentSession } from '@/lib/sessions/present';
import { readMessagesQuery, renameSessionInput } from '@/lib/sessions/session';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id', {
  async GET(request, { principal: { owner }, params, annotate }) {
    const { limit, before } = parseQuery(readMessagesQuery, request);
    const { store } = await services();
    const session = await store.sessions.get(owner, params.id);
    const pages = store.messages.pages({ owner, sessionId: session.id, limit, before });
    const pieces = jsonPieces(presentSession(session), 'messages', pages, presentMessage);
    return textStream(pieces, { type: JSON_TYPE, annotate });
  },

  async PATCH(request, { principal: { owner }, params }) {
    const input = parseInput(renameSessionInput, await readJson(request));
    const { store } = await services();
    const renaming = { ...input, owner, id: params.id, now: new Date() };
    return json(presentSession(await store.sessions.rename(renaming)));
  },

  async DELETE(_request, { principal: { owner }, params }) {
    const { store, turns } = await services();
    await store.sessions.remove(owner, params.id, new Date());
    await turns.stopAll(owner, params.id);
    return new Response(null, { status: 204 });
  },
});
