import { services } from '@/app/composition';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { presentSession } from '@/lib/sessions/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/:id/restore', {
  /** Restores a deleted session from the trash. */
  async POST(_request, { principal: { owner }, params }) {
    const { store } = await services();
    return json(presentSession(await store.sessions.restore(owner, params.id, new Date())));
  },
});
