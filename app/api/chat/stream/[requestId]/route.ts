import { z } from 'zod';
import { untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { parseQuery } from '@/lib/http/request/body';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { lastEventId } from '@/lib/http/request/last-event-id';
import { route } from '@/lib/http/response/route';
import { turnFrames } from '@/lib/http/stream/turn-frames';
import { fields } from '@/lib/texts/api-fields';

export const maxDuration = 300;

const deleteQuery = z.object({
  dismiss: z.literal('true', fields.true).optional(),
});

const unknownTurn = () => new AppError({ kind: 'not-found', reason: 'turn' });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/chat/stream/:requestId',
  {
    async GET(request, context) {
      const { principal, address, params, onClose } = context;
      const opened = await services();
      const offset = lastEventId(request);
      onClose(opened.streams.enter({ owner: principal.owner, address }));
      const turn = await opened.turns.watch(principal.owner, params.requestId);
      if (!turn) throw unknownTurn();
      const until = untilRevoked(request, opened, context);
      const frames = turnFrames(turn, context.translation, offset, opened.streamMaxMs, until);
      return new Response(frames, { headers: SSE_HEADERS });
    },

    /** Stops a running turn; one that has ended is unchanged. `?dismiss=true` deletes the message of a failed one. */
    async DELETE(request, { principal: { owner }, params }) {
      const { turns, store } = await services();
      const { dismiss } = parseQuery(deleteQuery, request);
      const stopped = await turns.stop(owner, params.requestId);
      if (!stopped) throw unknownTurn();
      if (dismiss) await store.turns.dismiss(owner, params.requestId, new Date());
      return new Response(null, { status: 204 });
    },
  },
);
