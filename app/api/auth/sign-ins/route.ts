import { personOf } from '@/lib/accounts/principal';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../accounts';
import { presentSignIn } from '../present';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/sign-ins', {
  async GET(request, { principal }) {
    const { services } = await requireAccounts();
    const { signIns } = services.store.accounts;
    const rows = await signIns.list(personOf(principal), new Date());
    return json({ sign_ins: rows.map(presentSignIn(ownSignIn(request, principal))) });
  },

  async DELETE(request, { principal }) {
    const { services } = await requireAccounts();
    const { signIns } = services.store.accounts;
    await signIns.revokeOthers(personOf(principal), ownSignIn(request, principal));
    return new Response(null, { status: 204 });
  },
});
