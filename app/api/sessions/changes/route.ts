import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { changeFrames } from '@/lib/http/stream/change-frames';
import { feedMaxMs } from '@/lib/http/stream/feed-max';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { route } from '@/lib/http/response/route';

export const maxDuration = 300;

/** Nothing of a stranger can change. */
const stranger = () => new AppError({ kind: 'unauthenticated', reason: 'stranger' });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/changes', {
  async GET(_request, { principal, known, address, whenGone }) {
    if (!known) throw stranger();
    const { owner } = principal;
    const { changes, streams, streamMaxMs } = await services();
    whenGone(streams.enter({ owner, address }));
    const frames = await changeFrames(changes, owner, feedMaxMs(principal, streamMaxMs));
    return new Response(frames, { headers: SSE_HEADERS });
  },
});
