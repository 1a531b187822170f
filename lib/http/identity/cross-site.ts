import { AppError } from '@/lib/errors';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
export const isSafe = (method: string): boolean => SAFE.has(method);

/** False where another site sent the browser here. Over plain HTTP browsers do not say, and count as our own. */
export const isOwnNavigation = ({ headers }: Pick<Request, 'headers'>): boolean =>
  ['same-origin', 'none', null].includes(headers.get('sec-fetch-site'));

/**
 * CSRF protection: throws `forbidden` for a changing request that another site may have triggered. With a cookie,
 * Sec-Fetch-Site or Origin must name this origin; without one, they must not name another.
 */
export function refuseCrossSite(
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  { hasCookie, allowedOrigins }: { hasCookie: boolean; allowedOrigins: readonly string[] },
): void {
  if (isSafe(method)) return;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (origin !== null && allowedOrigins.includes(origin)) return;
  if (site === 'same-origin') return;
  if (site === null && origin === null && !hasCookie) return;
  throw new AppError({ kind: 'forbidden', reason: 'cross-site' });
}
