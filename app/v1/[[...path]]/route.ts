import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/response/route';

const unknown = () => Promise.reject(new AppError({ kind: 'not-found', reason: 'address' }));

/** 404 for every unknown path under /v1. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/v1/*', {
  GET: unknown,
  POST: unknown,
  PUT: unknown,
  PATCH: unknown,
  DELETE: unknown,
});
