import { z } from 'zod';
import { pageData } from '@/app/page-data';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { plainId } from '@/lib/sessions/id';

const query = z.object({
  session_id: z.string().transform(plainId).optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/page', {
  async GET(request, { principal, translation }) {
    const { session_id: id } = parseQuery(query, request);
    return json(await pageData(translation, principal, id ?? null));
  },
});
