import type { Accounts, Browser, Presence } from '@/lib/accounts/accounts';
import { deviceLabel } from '@/lib/accounts/device-label';
import { localPath } from '@/lib/accounts/local-path';
import { AppError, type Failure } from '@/lib/errors';
import { readSent, type Sent } from '@/lib/http/request/form';
import { json } from '@/lib/http/response/json';
import { ownAddress } from '@/lib/http/identity/own-address';
import { signInCookie, signInToken } from '@/lib/http/identity/sign-in-cookie';
import type { Reached } from '@/lib/http/identity/owner-cookie';
import { openedAccounts } from './accounts';

/** Signs somebody in. `cookies`: what else the browser keeps. */
export type Enter = (
  fields: Sent['fields'],
  asked: { readonly accounts: Accounts; readonly browser: Browser; readonly reached: Reached },
) => Promise<Presence & { readonly cookies?: readonly string[] }>;

/** Answers JSON with JSON; a form with another page: `page` again, with what went wrong, or the one after signing in. */
export async function answerEntrance(
  request: Request,
  page: string,
  enter: Enter,
): Promise<Response> {
  const { accounts } = await openedAccounts();
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
    const answer = sent.isForm ? seeOther(next) : json({ next });
    for (const cookie of [signInCookie.write(token, reached), ...cookies])
      answer.headers.append('Set-Cookie', cookie);
    return answer;
  } catch (thrown) {
    if (!sent.isForm || !(thrown instanceof AppError)) throw thrown;
    return seeOther(`${page}?${withProblem(thrown.failure, next)}`);
  }
}

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { Location: location } });

function withProblem(failure: Failure, next: string): string {
  const reason = 'reason' in failure ? failure.reason : '';
  const [first] = 'details' in failure ? (failure.details ?? []) : [];
  return new URLSearchParams({
    problem: `${failure.kind}.${reason}`,
    ...(first && { mistake: first.msg }),
    ...(next !== '/' && { next }),
  }).toString();
}
