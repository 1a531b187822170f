import { operatorOf } from '@/lib/accounts/principal';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../../accounts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/links/:id', {
  async DELETE(_request, { principal, params: { id } }) {
    const { services } = await requireAccounts();
    operatorOf(principal);
    await services.store.accounts.links.remove(id);
    return new Response(null, { status: 204 });
  },
});
