import { json } from '@/lib/http/json';
import { route } from '@/lib/http/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/health', {
  GET: () => Promise.resolve(json({ status: 'ok' })),
});
