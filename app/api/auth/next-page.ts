import type { Services } from '@/app/composition';
import type { Failure } from '@/lib/errors';
import { visitorOf } from '@/lib/http/identity/cookies/visitor-of';

export function seeOther(location: string, ...cookies: readonly string[]): Response {
  const response = new Response(null, { status: 303, headers: { Location: location } });
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
  return response;
}

/** The page after signing in: where this browser has sessions from before, one that offers them, and then `next`. */
export async function pageAfterSignIn(
  request: Request,
  { store }: Services,
  next: string,
): Promise<string> {
  const visitor = visitorOf(request);
  if (visitor === null || (await store.accounts.claims.countOf(visitor)) === 0) return next;
  return next === '/' ? '/claim' : `/claim?next=${encodeURIComponent(next)}`;
}

/** A page that shows what went wrong. `next`: where it leads to in the end. */
export function pageWithProblem(page: string, failure: Failure, next = '/'): string {
  const reason = 'reason' in failure ? failure.reason : '';
  const query = new URLSearchParams({
    problem: `${failure.kind}.${reason}`,
    ...(next !== '/' && { next }),
  });
  return `${page}?${query.toString()}`;
}
