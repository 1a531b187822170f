import { services } from '@/app/composition';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { readRevisionsQuery } from '@/lib/sessions/memory/memory';
import { presentRevision } from '@/lib/sessions/memory/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/sessions/:id/memory/revisions',
  {
    async GET(request, { principal: { owner }, params: { id } }) {
      const { limit, cursor } = parseQuery(readRevisionsQuery, request);
      const { store } = await services();
      const read = await store.memory.revisions(owner, id, limit + 1, cursor);
      const page = read.slice(0, limit);
      const next = `limit=${String(limit)}&cursor=${String(page.at(-1)?.seq)}`;
      const address = `/api/sessions/${id}/memory/revisions?${next}`;
      return json(page.map(presentRevision), {
        headers: read.length > limit ? { Link: `<${address}>; rel="next"` } : {},
      });
    },
  },
);
