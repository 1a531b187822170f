import { services } from '@/app/composition';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { readRevisionsQuery } from '@/lib/sessions/memory/memory';
import { presentAboutRevision } from '@/lib/sessions/about/about';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/about/revisions', {
  async GET(request, { principal: { owner } }) {
    const { limit, cursor } = parseQuery(readRevisionsQuery, request);
    const { store } = await services();
    const read = await store.about.revisions(owner, limit + 1, cursor);
    const page = read.slice(0, limit);
    const next = `limit=${String(limit)}&cursor=${String(page.at(-1)?.seq)}`;
    return json(page.map(presentAboutRevision), {
      headers: read.length > limit ? { Link: `</api/about/revisions?${next}>; rel="next"` } : {},
    });
  },
});
