import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { lastEventId } from '@/lib/http/last-event-id';
import { route } from '@/lib/http/route';
import { SSE_HEADERS, turnFrames } from '@/lib/http/sse';

export const maxDuration = 300;

const unknownTurn = () => new AppError({ kind: 'not-found', message: 'Turn not found' });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/chat/stream/:requestId',
  {
    async GET(request, { owner, params }) {
      const { turns } = await services();
      const offset = lastEventId(request);
      const turn = await turns.watch(owner, params.requestId);
      if (!turn) throw unknownTurn();
      return new Response(turnFrames(turn, offset), { headers: SSE_HEADERS });
    },

    /** Stops a running turn; forgets the words of a failed one; a turn that ended otherwise stays as it is. */
    async DELETE(_request, { owner, params }) {
      const { turns, store } = await services();
      const known = await turns.stop(owner, params.requestId);
      if (!known) throw unknownTurn();
      await store.turns.dismiss(owner, params.requestId, new Date());
      return new Response(null, { status: 204 });
    },
  },
);
