import { personOf } from '@/lib/accounts/principal';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../../accounts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/sign-ins/:id', {
  async DELETE(_request, { principal, params: { id } }) {
    const { services } = await requireAccounts();
    await services.store.accounts.signIns.revoke(personOf(principal), id);
    return new Response(null, { status: 204 });
  },
});
