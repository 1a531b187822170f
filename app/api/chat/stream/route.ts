import { setImmediate } from 'node:timers/promises';
import { untilRevoked } from '@/app/api/auth/until-revoked';
import { services } from '@/app/composition';
import { SSE_HEADERS } from '@/lib/http/stream/frame-stream';
import { route } from '@/lib/http/response/route';
import { turnFrames } from '@/lib/http/stream/turn-frames';
import { send } from '../send';

export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/chat/stream', {
  async POST(request, context) {
    const turn = await send(request, context);
    // Lets the upstream request go out before this response's headers: lower time to first token.
    await setImmediate();
    const until = untilRevoked(request, await services(), context);
    const frames = turnFrames(turn, context.translation, 0, null, until);
    return new Response(frames, { headers: SSE_HEADERS });
  },
});
