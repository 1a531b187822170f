import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/health', {
  GET: () => Promise.resolve(json({ status: 'ok' })),
});
