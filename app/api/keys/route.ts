import { randomBytes, randomUUID } from 'node:crypto';
import { services } from '@/app/composition';
import { createKeyInput, presentKey } from '@/lib/accounts/keys/key';
import { makeKey } from '@/lib/accounts/keys/make-key';
import { ownSignIn } from '@/lib/http/identity/own-sign-in';
import { parseInput, readJson } from '@/lib/http/request/body';
import { json } from '@/lib/http/response/json';
import { route } from '@/lib/http/response/route';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route('/api/keys', {
  async GET(_request, { principal: { owner } }) {
    const { store } = await services();
    return json((await store.keys.list(owner)).map(presentKey));
  },

  async POST(request, { principal }) {
    const now = new Date();
    const input = parseInput(createKeyInput(now), await readJson(request));
    const { key, token } = makeKey(principal, input, {
      newId: randomUUID,
      random: randomBytes,
      now,
      signIn: ownSignIn(request, principal),
    });
    const { store } = await services();
    await store.keys.create(key);
    return json({ ...presentKey({ ...key, lastUsedAt: null }), key: token }, { status: 201 });
  },
});
