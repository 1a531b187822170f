import { personOf } from '@/lib/accounts/principal';
import { hashOfToken } from '@/lib/accounts/token';
import { signInToken } from '@/lib/http/identity/cookies/sign-in-cookie';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { openedAccounts } from '../accounts';
import { presentSignIn } from '../present';

const hashOfBrowser = (request: Request): string | null => {
  const token = signInToken(request);
  return token === null ? null : hashOfToken(token);
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/sign-ins', {
  async GET(request, { principal }) {
    const { services } = await openedAccounts();
    const { signIns } = services.store.accounts;
    const rows = await signIns.list(personOf(principal), new Date());
    return json({ sign_ins: rows.map(presentSignIn(hashOfBrowser(request))) });
  },

  async DELETE(request, { principal }) {
    const { services } = await openedAccounts();
    const { signIns } = services.store.accounts;
    await signIns.revokeOthers(personOf(principal), hashOfBrowser(request));
    return new Response(null, { status: 204 });
  },
});
