import { operatorOf } from '@/lib/accounts/principal';
import { editPersonInput } from '@/lib/accounts/person';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { openedAccounts } from '../../auth/accounts';
import { leave } from '../../auth/leave';
import { presentPerson } from '../../auth/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/people/:id', {
  async PATCH(request, { principal, params: { id } }) {
    const { services } = await openedAccounts();
    operatorOf(principal);
    const { role } = parseInput(editPersonInput, await readJson(request));
    return json(presentPerson(await services.store.accounts.people.setRole(id, role)));
  },

  async DELETE(_request, { principal, params: { id } }) {
    const { services } = await openedAccounts();
    operatorOf(principal);
    await leave(services, id);
    return new Response(null, { status: 204 });
  },
});
