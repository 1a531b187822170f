import type { Accounts, Browser, SignInResult } from '@/lib/accounts/accounts';
import { deviceLabel } from '@/lib/accounts/device-label';
import { localPath } from '@/lib/accounts/local-path';
import { AppError, type Failure } from '@/lib/errors';
import { readSent, type Sent } from '@/lib/http/request/form';
import { json } from '@/lib/http/response/json';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { signInCookie, signInToken } from '@/lib/http/identity/cookies/sign-in-cookie';
import type { Reached } from '@/lib/http/identity/cookies/owner-cookie';
import type { Services } from '@/app/composition';
import { visitorOf } from '@/lib/http/identity/cookies/visitor-of';
import { openedAccounts } from './accounts';

/** Signs a person in. `cookies`: what else the browser keeps. */
export type Enter = (
  fields: Sent['fields'],
  asked: { readonly accounts: Accounts; readonly browser: Browser; readonly reached: Reached },
) => Promise<SignInResult & { readonly cookies?: readonly string[] }>;

/** Answers JSON with JSON; a form with another page: `page` again, with what went wrong, or the one after signing in. */
export async function answerEntrance(
  request: Request,
  page: string,
  enter: Enter,
): Promise<Response> {
  const { accounts, services } = await openedAccounts();
  const sent = await readSent(request);
  const { headers } = request;
  const reached = ownAddress(headers, new URL(request.url));
  const browser = {
    device: deviceLabel(headers.get('user-agent')),
    before: signInToken(request),
  };
  const next = localPath(typeof sent.fields['next'] === 'string' ? sent.fields['next'] : null);
  try {
    const { token, cookies = [] } = await enter(sent.fields, { accounts, browser, reached });
    const to = (await hasClaim(request, services)) ? claimPage(next) : next;
    const answer = sent.isForm ? seeOther(to) : json({ next: to });
    for (const cookie of [signInCookie.write(token, reached), ...cookies])
      answer.headers.append('Set-Cookie', cookie);
    return answer;
  } catch (thrown) {
    if (!sent.isForm || !(thrown instanceof AppError)) throw thrown;
    return seeOther(`${page}?${withProblem(thrown.failure, next)}`);
  }
}

/** Whether this browser has sessions from before its person signed in. */
async function hasClaim(request: Request, { store }: Services): Promise<boolean> {
  const visitor = visitorOf(request);
  return visitor !== null && (await store.accounts.claims.countOf(visitor)) > 0;
}

const claimPage = (next: string): string =>
  next === '/' ? '/claim' : `/claim?next=${encodeURIComponent(next)}`;

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { Location: location } });

function withProblem(failure: Failure, next: string): string {
  const reason = 'reason' in failure ? failure.reason : '';
  return new URLSearchParams({
    problem: `${failure.kind}.${reason}`,
    ...(next !== '/' && { next }),
  }).toString();
}
