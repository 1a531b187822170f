import type { Accounts, Browser, SignInResult } from '@/lib/accounts/accounts';
import { localPath } from '@/lib/accounts/ways/local-path';
import { AppError } from '@/lib/errors';
import { readSent, type Sent } from '@/lib/http/request/form';
import { json } from '@/lib/http/response/json';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { signInCookie } from '@/lib/http/identity/cookies/sign-in-cookie';
import type { BrowserAddress } from '@/lib/http/identity/cookies/owner-cookie';
import { requireAccounts } from './accounts';
import { browserOf } from './browser-of';
import { pageAfterSignIn, pageWithProblem, seeOther } from './next-page';

/** Signs a person in. `cookies`: what else the browser keeps. */
export type SignIn = (
  fields: Sent['fields'],
  context: {
    readonly accounts: Accounts;
    readonly browser: Browser;
    readonly browserAddress: BrowserAddress;
  },
) => Promise<SignInResult & { readonly cookies?: readonly string[] }>;

/** Answers JSON with JSON; a form with another page: `page` again, with what went wrong, or the one after signing in. */
export async function answerForm(
  request: Request,
  page: string,
  signIn: SignIn,
): Promise<Response> {
  const { accounts, services } = await requireAccounts();
  const sent = await readSent(request);
  const { headers } = request;
  const browserAddress = ownAddress(headers, new URL(request.url));
  const browser = browserOf(request);
  const next = localPath(typeof sent.fields['next'] === 'string' ? sent.fields['next'] : null);
  try {
    const { token, cookies = [] } = await signIn(sent.fields, {
      accounts,
      browser,
      browserAddress,
    });
    const to = await pageAfterSignIn(request, services, next);
    const answer = sent.isForm ? seeOther(to) : json({ next: to });
    for (const cookie of [signInCookie.write(token, browserAddress), ...cookies])
      answer.headers.append('Set-Cookie', cookie);
    return answer;
  } catch (thrown) {
    if (!sent.isForm || !(thrown instanceof AppError)) throw thrown;
    return seeOther(pageWithProblem(page, thrown.failure, next));
  }
}
