import type { Services } from '@/app/composition';
import { hashOfToken } from '@/lib/accounts/token';
import { signInToken } from '@/lib/http/identity/cookies/sign-in-cookie';
import type { RouteContext } from '@/lib/http/response/route';

/** Aborts when the requesting browser is signed out; null without accounts, and for an API key. */
export function untilSignedOut(
  request: Request,
  { signInWatch }: Services,
  { whenGone, principal }: Pick<RouteContext, 'whenGone' | 'principal'>,
): AbortSignal | null {
  const token = principal.kind === 'user' ? signInToken(request) : null;
  if (!signInWatch || token === null) return null;
  const over = new AbortController();
  whenGone(
    signInWatch.watch(hashOfToken(token), () => {
      over.abort();
    }),
  );
  return over.signal;
}
