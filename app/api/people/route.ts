import { operatorOf } from '@/lib/accounts/principal';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../auth/accounts';
import { presentListedPerson } from '../auth/present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/people', {
  async GET(_request, { principal }) {
    const { services } = await requireAccounts();
    operatorOf(principal);
    const { accounts, ways } = services.store;
    const [all, byPerson] = await Promise.all([
      accounts.people.list(),
      ways.all(services.provider?.issuer ?? null),
    ]);
    return json({
      people: all.map((person) => presentListedPerson(person, byPerson.get(person.id) ?? [])),
    });
  },
});
