import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import type { NewPerson } from '@/lib/accounts/account-store';
import { openAccounts } from '@/lib/accounts/accounts';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { hashOfToken, newToken } from '@/lib/accounts/token';
import { failureOf } from '@/lib/errors';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { atOnce, boundedStores, newTurn } from '@/tests/setup/bounded-stores';
import { at } from '@/tests/setup/stored-session';

const DAY_MS = 86_400_000;
const later = (days: number) => new Date(at(0).getTime() + days * DAY_MS);

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let stores: [Store, ...Store[]];
  let store: Store;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    place = await empty();
    ({ stores, close } = await boundedStores(place, {}, 2));
    [store] = stores;
  });
  afterAll(async () => {
    await close();
    await place.remove();
  });

  const person = (more: Partial<NewPerson> = {}): NewPerson => {
    const name = randomUUID();
    const rest = { password: 'hash', now: at(0), invitation: null, open: true, mayBeFirst: true };
    return { id: randomUUID(), name, login: name, ...rest, ...more };
  };
  const signIn = async (personId: string, now = at(0)) => {
    const token = newToken();
    const tokenHash = hashOfToken(token);
    await store.accounts.signIns.add(
      { id: randomUUID(), personId, tokenHash, device: 'd', now },
      'hash',
    );
    return tokenHash;
  };
  const link = async (kind: 'invitation' | 'device', personId: string | null) => {
    const tokenHash = hashOfToken(newToken());
    const ends = { now: at(0), endsAt: later(1) };
    await store.accounts.links.add({
      id: randomUUID(),
      kind,
      tokenHash,
      personId,
      madeBy: personId,
      signIn: null,
      note: null,
      ...ends,
    });
    return tokenHash;
  };
  const kindOf = (failing: Promise<unknown>) =>
    failing.then(
      () => 'none',
      (thrown: unknown) => failureOf(thrown).kind,
    );

  test('of many first accounts at once one is the operator’s, and the others need to be allowed', async () => {
    expect(await kindOf(store.accounts.people.add(person({ mayBeFirst: false })))).toBe(
      'forbidden',
    );
    const { through, refusals } = await atOnce(stores, 6, (each) =>
      each.accounts.people.add(person({ open: false })),
    );
    expect(through).toBe(1);
    const closed = () => ({ kind: 'forbidden', reason: 'sign-up-closed' });
    expect(refusals).toEqual(Array.from({ length: 5 }, closed));
    const [operator] = await store.accounts.people.list();
    expect(operator?.role).toBe('operator');
    expect((await store.accounts.people.add(person())).role).toBe('member');
  });

  test('an invitation is used once, and stays when the name is taken', async () => {
    const taken = await store.accounts.people.add(person());
    const invitation = await link('invitation', null);
    const again = person({ login: taken.name, invitation });
    expect(await kindOf(store.accounts.people.add(again))).toBe('conflict');
    const { through } = await atOnce(stores, 4, (each) =>
      each.accounts.people.add(person({ invitation, open: false })),
    );
    expect(through).toBe(1);
    const old = await link('invitation', null);
    const late = person({ invitation: old, now: later(2) });
    expect(await kindOf(store.accounts.people.add(late))).toBe('not-found');
  });

  test('a sign-in ends by being revoked, with links to the account, and when it is not used', async () => {
    const { id } = await store.accounts.people.add(person());
    const [one, two] = [await signIn(id), await signIn(id)];
    const { signIns, links } = store.accounts;
    expect(await signIns.signedIn(one, at(1))).toMatchObject({ personId: id, role: 'member' });
    const device = await link('device', id);
    await signIns.revokeOthers(id, two);
    expect(await signIns.signedIn(one, at(1))).toBeNull();
    expect(await kindOf(links.kindOf(device, at(1)))).toBe('not-found');
    expect(await signIns.stillSignedIn([one, two], at(1))).toEqual(new Set([two]));
    // Each use keeps it for another 90 days.
    for (const [day, isNoted] of [
      [0, true],
      [89, false],
      [178, false],
    ] as const) {
      const found = await signIns.signedIn(two, later(day));
      expect(found).toMatchObject({ isNoted });
      await signIns.used(found?.id ?? '', later(day));
      expect(await signIns.signedIn(two, later(day))).toMatchObject({ isNoted: true });
    }
    expect(await signIns.signedIn(two, later(269))).toBeNull();
    await store.accounts.prune(later(269));
    expect(await signIns.list(id, later(178))).toEqual([]);
  });

  test('a person who is removed is signed out, and their data is marked for deletion', async () => {
    const { id } = await store.accounts.people.add(person());
    const token = await signIn(id);
    const owner = ownerOfPerson(id);
    await store.sessions.create({ id: randomUUID(), owner, title: 'Mine', now: at(0) });
    await store.accounts.people.remove({ id, owner, now: at(1) }, null);
    expect(await store.accounts.signIns.signedIn(token, at(1))).toBeNull();
    // Even if the process ends here, the next prune deletes it.
    const nobody = new Date(0);
    await store.owners.prune({ now: at(2), unseenSince: nobody, emptySince: nobody });
    expect(await store.accounts.claims.countOf(owner)).toBe(0);
  });

  test('what is stored for a person who is removed at the same time is deleted by the next prune', async () => {
    const people = [
      await store.accounts.people.add(person()),
      await store.accounts.people.add(person()),
    ];
    const [gone = '', kept = ''] = people.map(({ id }) => ownerOfPerson(id));
    await store.accounts.people.remove({ id: people[0]?.id ?? '', owner: gone, now: at(1) }, null);
    const times = { unseenSince: new Date(0), emptySince: new Date(0) };
    await store.owners.prune({ now: at(2), ...times });
    const others = [randomUUID(), 'key:ci', 'proxy:ada'];
    for (const owner of [gone, kept, ...others])
      await store.sessions.create({ id: randomUUID(), owner, title: 'Late', now: at(3) });
    await store.accounts.prune(at(4));
    await store.owners.prune({ now: at(4), ...times });
    const counts = [gone, kept, ...others].map((owner) => store.accounts.claims.countOf(owner));
    expect(await Promise.all(counts)).toEqual([0, 1, 1, 1, 1]);
  });

  test('no way leads into a disabled account, and all do again once it is enabled', async () => {
    const { people, signIns, links } = store.accounts;
    const { id } = await people.add(person());
    const owner = ownerOfPerson(id);
    const identity = { issuer: 'https://id.example.com/', subject: randomUUID() };
    const key = {
      id: randomUUID(),
      owner,
      hash: randomUUID(),
      name: 'k',
      scopes: ['chat'] as const,
    };
    const passkey = { id: randomUUID(), name: 'p', credentialId: randomUUID(), publicKey: 'AAAA' };
    const by = { personId: id, signIn: null, now: at(0) };
    await store.ways.identities.connect(identity, by);
    await store.ways.passkeys.add({ ...passkey, counter: 0 }, by);
    const times = { createdAt: at(0), expiresAt: null, madeBy: null, signIn: null };
    await store.keys.create({ ...key, ...times });
    const inside = await signIn(id);
    const device = await link('device', id);
    await people.edit({ id, disabled: true, now: at(1) }, null);

    expect(await signIns.stillSignedIn([inside], at(1))).toEqual(new Set());
    expect(await kindOf(links.kindOf(device, at(1)))).toBe('not-found');
    const entering = () => {
      const tokenHash = hashOfToken(newToken());
      return { id: randomUUID(), tokenHash, device: 'd', now: at(1) };
    };
    const reset = hashOfToken(newToken());
    const made = { id: randomUUID(), kind: 'reset' as const, tokenHash: reset, madeBy: null };
    const ends = { signIn: null, note: null, now: at(1), endsAt: later(1) };
    await links.add({ ...made, personId: id, ...ends });
    const known = { id: passkey.id, personId: id };
    const tryAll = async () => [
      await kindOf(signIn(id, at(1))),
      await kindOf(store.ways.identities.enter(identity, entering())),
      await kindOf(store.ways.passkeys.enter(known, 0, entering())),
      // Last, since it takes all others away.
      await kindOf(links.open(reset, 'new', entering())),
    ];
    // Who guesses a password does not learn that there is such an account.
    const refused = ['unauthenticated', 'forbidden', 'forbidden', 'forbidden'];
    expect(await tryAll()).toEqual(refused);
    const isKeyValid = async () => [
      (await store.keys.find(key.hash, at(1))) !== null,
      (await store.keys.stillValid([key.id], at(1))).has(key.id),
    ];
    expect(await isKeyValid()).toEqual([false, false]);
    const another = { ...key, id: randomUUID(), hash: randomUUID(), ...times };
    expect(await kindOf(store.keys.create(another))).toBe('unauthenticated');

    await store.accounts.prune(at(2));
    await people.edit({ id, disabled: false, now: at(2) }, null);
    expect(await isKeyValid()).toEqual([true, true]);
    expect(await tryAll()).toEqual(refused.map(() => 'none'));
  });

  test('a turn that begins as its person is disabled or removed is refused, or found and stopped', async () => {
    const { people } = store.accounts;
    for (let n = 0; n < 6; n += 1) {
      const { id } = await people.add(person());
      const owner = ownerOfPerson(id);
      const turn = newTurn(owner, at(1));
      const end = async () => {
        await (n % 2 === 0
          ? people.edit({ id, disabled: true, now: at(1) }, null)
          : people.remove({ id, owner, now: at(1) }, null));
        return store.turns.runningIn(owner);
      };
      const begin = (stores[1] ?? store).turns.begin(turn);
      const [begun, running] = await Promise.all([kindOf(begin), end()]);
      expect([begun, running]).toEqual(
        begun === 'none' ? ['none', [turn.requestId]] : ['unauthenticated', []],
      );
      expect(await kindOf(store.turns.begin(newTurn(owner, at(2))))).toBe('unauthenticated');
    }
  });

  test('a password that is changed while it is compared neither signs in nor is changed again', async () => {
    const { id, name } = await store.accounts.people.add(person());
    const accounts = openAccounts({
      store: store.accounts,
      hashPassword: (password) => Promise.resolve(password),
      // Another browser changes the password while this one’s is compared.
      async isPassword() {
        const was = await store.accounts.people.passwordHashOf(id);
        await store.accounts.people.changePassword(id, { was, password: newToken(), signIn: null });
        return true;
      },
      newToken,
      newId: randomUUID,
      now: () => at(1),
      signUp: () => 'closed',
      isPrivate: true,
    });
    const browser = { device: 'd', before: null };
    const trying = accounts.signIn({ name, password: 'old' }, browser);
    expect(await kindOf(trying)).toBe('unauthenticated');
    const changing = accounts.changePassword(id, { current: 'old', password: 'thief' }, null);
    expect(await kindOf(changing)).toBe('unauthenticated');
    expect(await store.accounts.people.passwordHashOf(id)).not.toBe('thief');
    expect(await store.accounts.signIns.list(id, at(1))).toEqual([]);
  });
});
