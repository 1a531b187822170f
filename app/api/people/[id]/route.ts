import { operatorOf } from '@/lib/accounts/principal';
import { editPerson, removePerson } from '@/lib/accounts/manage-people';
import { editPersonInput } from '@/lib/accounts/person';
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
    const { store, turns } = services;
    const edit = { id, now: new Date(), ...parseInput(editPersonInput, await readJson(request)) };
    const deps = { people: store.accounts.people, stopTurns: turns.stopAll };
    return json(presentPerson(await editPerson(deps, edit, by)));
  },

  async DELETE(request, { principal, params: { id } }) {
    const { services } = await requireAccounts();
    const { store, turns } = services;
    const by = { personId: operatorOf(principal), signIn: ownSignIn(request, principal) };
    await removePerson({ store, stopTurns: turns.stopAll }, { id, now: new Date() }, by);
    return new Response(null, { status: 204 });
  },
});
