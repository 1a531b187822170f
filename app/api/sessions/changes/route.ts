import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { changeFrames } from '@/lib/http/stream/change-frames';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { route } from '@/lib/http/response/route';

export const maxDuration = 300;

/** An unknown client owns no sessions, so there are no changes to send. */
const stranger = () => new AppError({ kind: 'unauthenticated', reason: 'stranger' });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/changes', {
  async GET(_request, { principal: { owner }, known, address, whenGone }) {
    if (!known) throw stranger();
    const { changes, streams, streamMaxMs } = await services();
    whenGone(streams.enter({ owner, address }));
    return new Response(await changeFrames(changes, owner, streamMaxMs), { headers: SSE_HEADERS });
  },
});
