import { personOf } from '@/lib/accounts/principal';
import { changePasswordInput } from '@/lib/accounts/person';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { parseInput, readJson } from '@/lib/http/request/body';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../accounts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/password', {
  async PUT(request, { principal, address }) {
    const { accounts } = await requireAccounts();
    const id = personOf(principal);
    const input = parseInput(changePasswordInput, await readJson(request));
    // By the account: a stolen sign-in must not be able to guess either.
    await countAttempt({ address, login: principal.owner, device: null });
    await accounts.changePassword(id, input, ownSignIn(request, principal));
    return new Response(null, { status: 204 });
  },
});
