import { confirmInput } from '@/lib/accounts/ways/passkey';
import { challengedBrowser } from '@/lib/http/identity/cookies/challenge-cookie';
import { parseInput, readOptionalJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { confirmPerson } from '../../confirm';
import { requirePasskeys, partyOf } from '../opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/auth/passkeys/registration',
  {
    async POST(request, context) {
      const { accounts, passkeys } = await requirePasskeys();
      const { current } = parseInput(confirmInput, await readOptionalJson(request));
      const personId = await confirmPerson(accounts, context, current);
      const { token: browser, setCookie } = challengedBrowser(request);
      const options = await passkeys.beginNew({ party: partyOf(request), browser }, personId);
      return json(options, { headers: { 'Set-Cookie': setCookie } });
    },
  },
);
