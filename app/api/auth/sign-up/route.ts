import { signUpInput } from '@/lib/accounts/person';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { parseInput } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { answerForm } from '../answer-form';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/sign-up', {
  POST: (request, { address }) =>
    answerForm(request, '/sign-up', async (fields, { accounts, browser }) => {
      const input = parseInput(signUpInput, fields);
      await countAttempt({ address, login: null, device: null });
      return accounts.signUp(input, browser);
    }),
});
