import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { createKeyInput } from '@/lib/accounts/keys/key';
import { makeKey } from '@/lib/accounts/keys/make-key';
import { proxyUser } from '@/lib/accounts/principal';
import type { Scope } from '@/lib/accounts/scopes';
import { shareKeys } from '@/lib/http/keys/stored-key';
import { ask, callerOf } from '@/tests/setup/middleware';
import { temporaryStore } from '@/tests/setup/store';

let store: Store;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ store, remove } = await temporaryStore());
});
afterAll(() => remove());

const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

async function make(scopes: Scope[], end: number | null = null) {
  const now = new Date();
  const expires_at = end === null ? null : new Date(end).toISOString();
  const wish = createKeyInput(new Date(0)).parse({ name: 'ci', scopes, expires_at });
  const deps = { newId: randomUUID, random: randomBytes, now, signIn: null };
  const { key, token } = makeKey(proxyUser('ada'), wish, deps);
  await store.keys.create(key);
  return { id: key.id, token };
}

test('before the store is open a stored key gets 503, and no other caller', async () => {
  const answer = await ask('/api/sessions', bearer(`ask_${'x'.repeat(43)}`));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await ask('/api/sessions')).status).toBe(200);
  shareKeys(() => Promise.resolve(store.keys));
});

test('a stored key is its person, with its own scopes, in any mode, and without a cookie', async () => {
  const { id, token } = await make(['chat', 'sessions:read']);
  for (const path of ['/api/sessions', '/']) {
    const passed = await ask(path, bearer(token));
    expect(callerOf(passed)).toMatchObject({
      known: true,
      principal: {
        owner: 'proxy:ada',
        kind: 'key',
        scopes: ['chat', 'sessions:read'],
        role: 'member',
        keyId: id,
      },
    });
    expect(passed.headers.get('set-cookie')).toBeNull();
  }
});

test('all keys of a person share the rate limits', async () => {
  const [one, other] = [await make(['chat']), await make(['chat'])];
  const left = async ({ token }: { token: string }) =>
    Number((await ask('/api/models', bearer(token))).headers.get('x-ratelimit-remaining'));
  expect(await left(one)).toBe((await left(other)) + 1);
});

test('unknown, revoked and expired keys get the same 401', async () => {
  const revoked = await make(['chat']);
  expect((await ask('/api/models', bearer(revoked.token))).status).toBe(200);
  await store.keys.revoke('proxy:ada', revoked.id);
  const expired = await make(['chat'], Date.now() - 1);
  const tokens = [revoked.token, expired.token, `ask_${'x'.repeat(43)}`, 'ask_', 'other'];
  const answers = tokens.map(async (token) => {
    const answer = await ask('/api/models', bearer(token));
    const { request_id: _id, ...body } = (await answer.json()) as Record<string, unknown>;
    return { status: answer.status, body };
  });
  const [first, ...others] = await Promise.all(answers);
  expect(first).toMatchObject({ status: 401, body: { reason: 'unknown-key' } });
  for (const answer of others) expect(answer).toEqual(first);
});

test('a key without sessions:read sees no page', async () => {
  const { token } = await make(['chat', 'sessions:write', 'usage:read', 'admin']);
  for (const path of ['/', '/s', '/s/1', '/temporary', '/nothing']) {
    const refused = await ask(path, bearer(token));
    expect([path, refused.status]).toEqual([path, 403]);
    expect(await refused.json()).toMatchObject({ reason: 'scope', scope: 'sessions:read' });
  }
});

test('a use is noted in the background, once for requests at a time', async () => {
  const { id, token } = await make(['chat']);
  await Promise.all(Array.from({ length: 5 }, () => ask('/api/models', bearer(token))));
  const lastUse = async () =>
    (await store.keys.list('proxy:ada')).find((key) => key.id === id)?.lastUsedAt;
  await expect.poll(lastUse).toBeInstanceOf(Date);
});
