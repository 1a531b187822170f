import { openLinkInput } from '@/lib/accounts/person';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { parseInput } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { answerForm } from '../answer-form';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/link', {
  POST: (request, { address }) =>
    answerForm(request, '/reset', async (fields, { accounts, browser }) => {
      const input = parseInput(openLinkInput, fields);
      await countAttempt({ address, login: null, device: null });
      return accounts.openLink(input, browser);
    }),
});
