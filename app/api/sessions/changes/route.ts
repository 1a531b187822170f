import { services } from '@/app/composition';
import { changeFrames } from '@/lib/http/change-frames';
import { SSE_HEADERS } from '@/lib/http/frame-stream';
import { route } from '@/lib/http/route';

export const maxDuration = 300;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/sessions/changes', {
  async GET(_request, { owner }) {
    const { changes } = await services();
    return new Response(await changeFrames(changes, owner), { headers: SSE_HEADERS });
  },
});
