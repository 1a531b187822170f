import { untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { changeFrames } from '@/lib/http/stream/change-frames';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { route } from '@/lib/http/response/route';

export const maxDuration = 300;

/** An unknown client owns no sessions, so there are no changes to send. */
const unknownCaller = () => new AppError({ kind: 'unauthenticated', reason: 'stranger' });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/changes', {
  async GET(request, context) {
    const { principal, known, address, onClose } = context;
    if (!known) throw unknownCaller();
    const { owner } = principal;
    const opened = await services();
    onClose(opened.streams.enter({ owner, address }));
    const until = untilRevoked(request, opened, context);
    const frames = await changeFrames(opened.changes, owner, opened.streamMaxMs, until);
    return new Response(frames, { headers: SSE_HEADERS });
  },
});
