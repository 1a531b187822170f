import { passkeySignInInput } from '@/lib/accounts/ways/passkey';
import { challengeToken } from '@/lib/http/identity/cookies/challenge-cookie';
import { parseInput } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { answerForm } from '../../answer-form';
import { requirePasskeys, partyOf } from '../opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  '/api/auth/passkeys/sign-in',
  {
    POST: (request) =>
      answerForm(request, '/sign-in', async (fields, { browser }) => {
        const { passkeys } = await requirePasskeys();
        const { response } = parseInput(passkeySignInInput, fields);
        const ceremony = { party: partyOf(request), browser: challengeToken(request) };
        return passkeys.signIn(ceremony, response, browser);
      }),
  },
);
