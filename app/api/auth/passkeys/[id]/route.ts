import { personOf } from '@/lib/accounts/principal';
import { route } from '@/lib/http/response/route';
import { requirePasskeys } from '../opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/passkeys/:id', {
  async DELETE(_request, { principal, params: { id } }) {
    const { services } = await requirePasskeys();
    const issuer = services.provider?.issuer ?? null;
    await services.store.ways.passkeys.remove(personOf(principal), id, issuer);
    return new Response(null, { status: 204 });
  },
});
