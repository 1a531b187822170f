import { openapi } from '@/app/openapi';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/openapi.json', {
  GET: () => Promise.resolve(json(openapi())),
});
