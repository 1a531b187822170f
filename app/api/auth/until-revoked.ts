import type { Services } from '@/app/composition';
import { AppError } from '@/lib/errors';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import type { RouteContext } from '@/lib/http/response/route';

/**
 * Aborts with a 401 as its reason when the request's sign-in or stored key is revoked, on any instance; null for a request
 * with neither. For all that lasts longer than a moment.
 */
export function untilRevoked(
  request: Request,
  { watches }: Services,
  { onClose, principal }: Pick<RouteContext, 'onClose' | 'principal'>,
): AbortSignal | null {
  const { keyId } = principal;
  const name = keyId ?? ownSignIn(request, principal);
  if (name === null) return null;
  const over = new AbortController();
  const reason = keyId === undefined ? 'sign-in' : 'unknown-key';
  onClose(
    watches[keyId === undefined ? 'signIns' : 'keys'].watch(name, () => {
      over.abort(new AppError({ kind: 'unauthenticated', reason }));
    }),
  );
  return over.signal;
}

/** Aborts when the client disconnects, too. */
export const untilOver = (request: Request, revoked: AbortSignal | null): AbortSignal =>
  revoked === null ? request.signal : AbortSignal.any([request.signal, revoked]);
