import { services } from '@/app/composition';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/tags', {
  async GET(_request, { principal: { owner } }) {
    const { store } = await services();
    return json({ tags: await store.filters.tags(owner) });
  },
});
