import { services } from '@/app/composition';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { presentRevision } from '@/lib/sessions/present';

const LIMIT = 100;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/sessions/:id/memory/revisions',
  {
    async GET(_request, { principal: { owner }, params }) {
      const { store } = await services();
      const revisions = await store.memory.revisions(owner, params.id, LIMIT);
      return json(revisions.map(presentRevision));
    },
  },
);
