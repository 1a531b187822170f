import { z } from 'zod';
import { personOf } from '@/lib/accounts/principal';
import { removePerson } from '@/lib/accounts/manage-people';
import { AppError, invalidFields } from '@/lib/errors';
import { ownAddress } from '@/lib/http/identity/cookies/own-address';
import { signInCookie } from '@/lib/http/identity/cookies/sign-in-cookie';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { parseQuery } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';
import { requireAccounts } from '../auth/accounts';
import { presentPerson } from '../auth/present';

const deletion = z.object({ everything: z.literal('true').optional() });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/account', {
  async GET(_request, { principal }) {
    const { services } = await requireAccounts();
    const { accounts, ways } = services.store;
    const person = await accounts.people.get(personOf(principal));
    if (!person) throw new AppError({ kind: 'not-found', reason: 'person' });
    const own = await ways.of(person.id, services.provider?.issuer ?? null);
    return json({ ...presentPerson(person), ways: own });
  },

  async DELETE(request, { principal }) {
    const { services } = await requireAccounts();
    if (parseQuery(deletion, request).everything === undefined) {
      const msg = 'Confirm with everything=true: the account and all its sessions are deleted';
      throw invalidFields([{ loc: ['everything'], msg, type: 'required' }]);
    }
    const { store, turns } = services;
    const id = personOf(principal);
    const by = { personId: id, signIn: ownSignIn(request, principal) };
    await removePerson({ store, stopTurns: turns.stopAll }, { id, now: new Date() }, by);
    const browserAddress = ownAddress(request.headers, new URL(request.url));
    const headers = { 'Set-Cookie': signInCookie.write(null, browserAddress) };
    return new Response(null, { status: 204, headers });
  },
});
