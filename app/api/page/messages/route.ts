import { z } from 'zod';
import { messagePage } from '@/app/session-page-data';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { plainId } from '@/lib/sessions/id';

const query = z.object({
  session_id: z.string().transform(plainId),
  before: z.string().transform(plainId),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/page/messages', {
  async GET(request, { principal: { owner }, translation }) {
    const { session_id: sessionId, before } = parseQuery(query, request);
    return json(await messagePage(translation, owner, sessionId, before));
  },
});
