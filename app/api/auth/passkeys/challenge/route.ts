import { challengedBrowser } from '@/lib/http/identity/cookies/challenge-cookie';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requirePasskeys, partyOf } from '../opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/auth/passkeys/challenge',
  {
    async POST(request, { address }) {
      const { passkeys } = await requirePasskeys();
      await countAttempt({ address, login: null, device: null });
      const { token: browser, setCookie } = challengedBrowser(request);
      const options = await passkeys.beginSignIn({ party: partyOf(request), browser });
      return json(options, { headers: { 'Set-Cookie': setCookie } });
    },
  },
);
