import { passkeySignInInput } from '@/lib/accounts/ways/passkey';
import { challengeToken } from '@/lib/http/identity/cookies/challenge-cookie';
import { parseInput } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { answerEntrance } from '../../enter';
import { openedPasskeys, partyOf } from '../asked';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/auth/passkeys/sign-in',
  {
    POST: (request) =>
      answerEntrance(request, '/sign-in', async (fields, { browser }) => {
        const { passkeys } = await openedPasskeys();
        const { response } = parseInput(passkeySignInInput, fields);
        const asked = { party: partyOf(request), browser: challengeToken(request) };
        return passkeys.signIn(asked, response, browser);
      }),
  },
);
