import { services } from '@/app/composition';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/keys/:id', {
  async DELETE(_request, { principal: { owner }, params: { id } }) {
    const { store } = await services();
    await store.keys.revoke(owner, id);
    return new Response(null, { status: 204 });
  },
});
