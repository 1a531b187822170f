import { personOf } from '@/lib/accounts/principal';
import { beginAtProviderInput } from '@/lib/accounts/provider/inputs';
import { isOwnNavigation } from '@/lib/http/identity/cross-site';
import { countAttempt } from '@/lib/http/rate-limit/count-attempt';
import { parseInput, readOptionalJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { confirmedPerson } from '../confirm';
import { seeOther } from '../next-page';
import { orShowProblem } from '../or-show-problem';
import { beginAtProvider } from './begin';
import { openedProvider } from './opened';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/oidc', {
  GET: (request, { address }) =>
    orShowProblem('/sign-in', async () => {
      await openedProvider();
      // Another site must not make a browser sign in.
      if (!isOwnNavigation(request)) return seeOther('/sign-in');
      await countAttempt({ address, login: null, device: null });
      const next = new URL(request.url).searchParams.get('next');
      const { url, setCookie } = await beginAtProvider(request, { next, personId: null });
      return seeOther(url, setCookie);
    }),

  async POST(request, context) {
    const { accounts } = await openedProvider();
    const { connect, current, ...asked } = parseInput(
      beginAtProviderInput,
      await readOptionalJson(request),
    );
    const personId = connect ? await confirmedPerson(accounts, context, current) : null;
    if (!connect) await countAttempt({ address: context.address, login: null, device: null });
    const { url, setCookie } = await beginAtProvider(request, { ...asked, personId });
    return json({ next: url }, { headers: { 'Set-Cookie': setCookie } });
  },

  async DELETE(_request, { principal }) {
    const { provider, services } = await openedProvider();
    await services.store.ways.identities.disconnect(personOf(principal), provider.issuer);
    return new Response(null, { status: 204 });
  },
});
