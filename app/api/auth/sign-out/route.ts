import { hashOfToken } from '@/lib/accounts/token';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { signInCookie, signInToken } from '@/lib/http/identity/cookies/sign-in-cookie';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../accounts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/sign-out', {
  async POST(request) {
    const { services } = await requireAccounts();
    const token = signInToken(request);
    if (token !== null) await services.store.accounts.signIns.revokeToken(hashOfToken(token));
    const browserAddress = ownAddress(request.headers, new URL(request.url));
    return new Response(null, {
      status: 204,
      headers: { 'Set-Cookie': signInCookie.write(null, browserAddress) },
    });
  },
});
