import { ownerOfPerson, personOf } from '@/lib/accounts/principal';
import { visitorOf } from '@/lib/http/identity/cookies/visitor-of';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../accounts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/claim', {
  async GET(request, { principal }) {
    const { services } = await requireAccounts();
    personOf(principal);
    const visitor = visitorOf(request);
    const { claims } = services.store.accounts;
    return json({ sessions: visitor === null ? 0 : await claims.countOf(visitor) });
  },

  async POST(request, { principal }) {
    const { services } = await requireAccounts();
    const owner = ownerOfPerson(personOf(principal));
    const visitor = visitorOf(request);
    const { claims } = services.store.accounts;
    const moved = visitor === null ? 0 : await claims.moveAll(visitor, owner, new Date());
    return json({ moved });
  },
});
