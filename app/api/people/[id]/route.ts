import { operatorOf } from '@/lib/accounts/principal';
import { editPersonInput } from '@/lib/accounts/person';
import { removePerson } from '@/lib/accounts/remove-person';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../../auth/accounts';
import { presentPerson } from '../../auth/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/people/:id', {
  async PATCH(request, { principal, params: { id } }) {
    const { services } = await requireAccounts();
    const by = { personId: operatorOf(principal), signIn: ownSignIn(request, principal) };
    const { role } = parseInput(editPersonInput, await readJson(request));
    return json(presentPerson(await services.store.accounts.people.setRole(id, role, by)));
  },

  async DELETE(request, { principal, params: { id } }) {
    const { services } = await requireAccounts();
    const { store, turns } = services;
    const by = { personId: operatorOf(principal), signIn: ownSignIn(request, principal) };
    await removePerson({ store, stopTurns: turns.stopAll }, { id, now: new Date(), by });
    return new Response(null, { status: 204 });
  },
});
