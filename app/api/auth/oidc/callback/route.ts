import { hasAccount, personOf } from '@/lib/accounts/principal';
import { challengeToken } from '@/lib/http/identity/cookies/challenge-cookie';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { signInCookie } from '@/lib/http/identity/cookies/sign-in-cookie';
import { route } from '@/lib/http/response/route';
import { browserOf } from '../../browser-of';
import { pageAfterSignIn, seeOther } from '../../next-page';
import { orShowProblem } from '../../or-show-problem';
import { CALLBACK } from '../begin';
import { requireProvider } from '../opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/oidc/callback', {
  GET: (request, { principal }) => {
    const personId = hasAccount(principal) ? personOf(principal) : null;
    return orShowProblem(personId === null ? '/sign-in' : '/account', async () => {
      const { provider, services } = await requireProvider();
      const { origin, ...browserAddress } = ownAddress(request.headers, new URL(request.url));
      const answer = new URL(origin + CALLBACK + new URL(request.url).search);
      const from = { browser: challengeToken(request), personId };
      const { signedIn, next } = await provider.finish(answer, from, browserOf(request));
      if (!signedIn) return seeOther(next);
      const cookie = signInCookie.write(signedIn.token, browserAddress);
      return seeOther(await pageAfterSignIn(request, services, next), cookie);
    });
  },
});
