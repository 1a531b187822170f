import { services } from '@/app/composition';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { nextAddress, presentHit, readSearchCursor, searchQuery } from '@/lib/search/search';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/search', {
  async GET(request, { principal: { owner }, translation }) {
    const { q, cursor, ...filter } = parseQuery(searchQuery, request);
    const below = cursor === undefined ? null : readSearchCursor(cursor);
    const { store } = await services();
    const { hits, next, isIndexing } = await store.search.find({ owner, q, filter, below });
    const { untitled } = translation.texts.sessions;
    const results = hits.map((hit) => presentHit(hit, untitled));
    return json(
      { results, ...(isIndexing && { indexing: true }) },
      { headers: next === null ? {} : { Link: `<${nextAddress(request.url, next)}>; rel="next"` } },
    );
  },
});
