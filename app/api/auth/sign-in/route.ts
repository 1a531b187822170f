import { randomUUID } from 'node:crypto';
import { loginOf, signInInput } from '@/lib/accounts/person';
import { knownDevice, writeDevice } from '@/lib/http/identity/cookies/device-cookie';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { parseInput } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { answerForm } from '../answer-form';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/sign-in', {
  POST: (request, { address }) =>
    answerForm(request, '/sign-in', async (fields, { accounts, browser, browserAddress }) => {
      const input = parseInput(signInInput, fields);
      const login = loginOf(input.name);
      const account = { login, password: await accounts.passwordHashOf(login) };
      const device = knownDevice(request.headers.get('cookie'), account, browserAddress);
      await countAttempt({ address, login, device });
      const result = await accounts.signIn(input, browser);
      return { ...result, cookies: [writeDevice(device ?? randomUUID(), account, browserAddress)] };
    }),
});
