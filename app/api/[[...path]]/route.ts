import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/response/route';

const unknown = () => Promise.reject(new AppError({ kind: 'not-found', reason: 'address' }));

/** 404 for every unknown path under /api. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/*', {
  GET: unknown,
  POST: unknown,
  PUT: unknown,
  PATCH: unknown,
  DELETE: unknown,
});
