import { operatorOf, personOf } from '@/lib/accounts/principal';
import { newLinkInput } from '@/lib/accounts/person';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../accounts';
import { presentLink } from '../present';
import { invitee } from '../invitee';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/auth/links', {
  async GET(_request, { principal }) {
    const { services } = await requireAccounts();
    operatorOf(principal);
    const links = await services.store.accounts.links.list(new Date());
    return json({ links: links.map(presentLink) });
  },

  async POST(request, { principal }) {
    const { accounts } = await requireAccounts();
    const { kind, person, note = null } = parseInput(newLinkInput, await readJson(request));
    // On their own account people may only sign in on another device; the rest is the operator's.
    const madeBy = kind === 'device' ? personOf(principal) : operatorOf(principal);
    const personId = kind === 'device' ? madeBy : invitee(kind, person);
    const signIn = ownSignIn(request, principal);
    const link = await accounts.makeLink({ kind, personId, madeBy, signIn, note });
    const { id, token, endsAt } = link;
    return json({ id, kind, token, ends_at: endsAt.toISOString() }, { status: 201 });
  },
});
