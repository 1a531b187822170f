import { untilSignedOut } from '@/app/api/auth/until-signed-out';
import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { changeFrames } from '@/lib/http/stream/change-frames';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { route } from '@/lib/http/response/route';

export const maxDuration = 300;

/** Nothing of a stranger can change. */
const stranger = () => new AppError({ kind: 'unauthenticated', reason: 'stranger' });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/changes', {
  async GET(request, context) {
    const { owner } = context.principal;
    if (!context.known) throw stranger();
    const opened = await services();
    context.whenGone(opened.streams.enter({ owner, address: context.address }));
    const until = untilSignedOut(request, opened, context);
    const frames = await changeFrames(opened.changes, owner, opened.streamMaxMs, until);
    return new Response(frames, { headers: SSE_HEADERS });
  },
});
