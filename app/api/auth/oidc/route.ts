import { personOf } from '@/lib/accounts/principal';
import { beginAtProviderInput } from '@/lib/accounts/provider/inputs';
import { isOwnNavigation } from '@/lib/http/identity/cross-site';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { parseInput, readOptionalJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../accounts';
import { confirmPerson } from '../confirm';
import { seeOther } from '../next-page';
import { orShowProblem } from '../or-show-problem';
import { beginAtProvider } from './begin';
import { requireProvider } from './opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/oidc', {
  GET: (request, { address }) =>
    orShowProblem('/sign-in', async () => {
      await requireProvider();
      // Another site must not make a browser sign in.
      if (!isOwnNavigation(request)) return seeOther('/sign-in');
      await countAttempt({ address, login: null, device: null });
      const next = new URL(request.url).searchParams.get('next');
      const { url, setCookie } = await beginAtProvider(request, { next, personId: null });
      return seeOther(url, setCookie);
    }),

  async POST(request, context) {
    const { accounts } = await requireProvider();
    const sent = await readOptionalJson(request);
    const { connect, current, ...options } = parseInput(beginAtProviderInput, sent);
    const personId = connect ? await confirmPerson(accounts, context, current) : null;
    if (!connect) await countAttempt({ address: context.address, login: null, device: null });
    const { url, setCookie } = await beginAtProvider(request, { ...options, personId });
    return json({ next: url }, { headers: { 'Set-Cookie': setCookie } });
  },

  async DELETE(_request, { principal }) {
    await requireAccounts();
    const id = personOf(principal);
    const { provider, services } = await requireProvider();
    await services.store.ways.identities.disconnect(id, provider.issuer);
    return new Response(null, { status: 204 });
  },
});
