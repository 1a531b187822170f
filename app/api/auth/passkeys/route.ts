import { personOf } from '@/lib/accounts/principal';
import { newPasskeyInput } from '@/lib/accounts/ways/passkey';
import { challengeToken } from '@/lib/http/identity/cookies/challenge-cookie';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { presentPasskey } from '../present';
import { requirePasskeys, partyOf } from './opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/passkeys', {
  async GET(_request, { principal }) {
    const { services } = await requirePasskeys();
    const rows = await services.store.ways.passkeys.list(personOf(principal));
    return json({ passkeys: rows.map(presentPasskey) });
  },

  async POST(request, { principal }) {
    const { passkeys } = await requirePasskeys();
    const personId = personOf(principal);
    const input = parseInput(newPasskeyInput, await readJson(request));
    const ceremony = { party: partyOf(request), browser: challengeToken(request) };
    const by = { personId, signIn: ownSignIn(request, principal) };
    const id = await passkeys.add(ceremony, by, input);
    return json({ id, name: input.name }, { status: 201 });
  },
});
