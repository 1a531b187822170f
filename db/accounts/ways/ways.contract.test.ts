import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import type { NewPerson } from '@/lib/accounts/account-store';
import { hashOfToken, newToken } from '@/lib/accounts/token';
import { failureOf } from '@/lib/errors';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { atOnce, boundedStores } from '@/tests/setup/bounded-stores';
import { at } from '@/tests/setup/stored-session';

const ISSUER = 'https://id.example.com/';

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

  const identity = () => ({ issuer: ISSUER, subject: randomUUID() });
  const browser = () => {
    const tokenHash = hashOfToken(newToken());
    return { id: randomUUID(), tokenHash, device: 'd', now: at(0) };
  };
  const newPerson = (password: string | null): NewPerson => {
    const name = randomUUID();
    const rules = { now: at(0), invitation: null, open: true, mayBeFirst: true };
    return { id: randomUUID(), name, login: name, password, ...rules };
  };
  /** A person who is signed in. */
  const present = async (password: string | null = 'hash') => {
    const { id: personId } = await store.accounts.people.add(newPerson(password));
    const entering = browser();
    await store.accounts.signIns.add({ ...entering, personId }, password);
    return { personId, signIn: entering.tokenHash, now: at(0) };
  };
  const passkey = (counter = 0) => {
    const key = { name: 'Key', credentialId: randomUUID(), publicKey: 'AAAA', counter };
    return { id: randomUUID(), ...key };
  };
  const reasonOf = (failing: Promise<unknown>) =>
    failing.then(
      () => 'none',
      (thrown: unknown) => (failureOf(thrown) as { reason?: string }).reason,
    );

  test('a challenge is used once, for its kind and before it expires; of two attempts the first one wins', async () => {
    const { challenges } = store.ways;
    const add = async () => {
      const hash = randomUUID();
      const what = { kind: 'passkey', personId: null, content: 'c', endsAt: at(10) } as const;
      await challenges.add({ hash, ...what });
      return hash;
    };
    const hash = await add();
    expect(await challenges.take(hash, ['provider', 'connect'], at(1))).toBeNull();
    const takers = Array.from({ length: 6 }, (_, n) => stores[n % 2] ?? store);
    const taken = await Promise.all(
      takers.map((each) => each.ways.challenges.take(hash, ['passkey'], at(1))),
    );
    expect(taken.filter((each) => each !== null)).toEqual([
      { kind: 'passkey', personId: null, content: 'c' },
    ]);
    const [late, old] = [await add(), await add()];
    expect(await challenges.take(late, ['passkey'], at(10))).toBeNull();
    await store.ways.prune(at(10));
    expect(await challenges.take(old, ['passkey'], at(1))).toBeNull();
  });

  test('of many who join with one identity at once one gets an account', async () => {
    const one = identity();
    expect(await store.ways.identities.enter(one, browser())).toBeNull();
    const { through, refusals } = await atOnce(stores, 4, (each) =>
      each.ways.identities.join(one, newPerson(null), browser()),
    );
    expect(through).toBe(1);
    expect(refusals).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'conflict', reason: 'connected' })),
    );
    const entering = browser();
    const id = await store.ways.identities.enter(one, entering);
    expect(await store.accounts.signIns.signedIn(entering.tokenHash, at(1))).toMatchObject({
      personId: id,
    });
    expect(await store.ways.of(id ?? '', ISSUER)).toEqual(['provider']);
    expect(await store.ways.of(id ?? '', 'https://other.example/')).toEqual([]);
    expect((await store.ways.all(ISSUER)).get(id ?? '')).toEqual(['provider']);
  });

  test('an identity is one person’s, and a person has one at an issuer', async () => {
    const [ada, eve, one] = [await present(), await present(), identity()];
    const { identities } = store.ways;
    await identities.connect(one, ada);
    expect(await reasonOf(identities.connect(one, eve))).toBe('connected');
    expect(await reasonOf(identities.connect(identity(), ada))).toBe('connected');
    await identities.disconnect(ada.personId, ISSUER);
    expect(await identities.enter(one, browser())).toBeNull();
    expect(await reasonOf(identities.disconnect(ada.personId, ISSUER))).toBe('provider');
  });

  test('a browser that was signed out meanwhile adds nothing', async () => {
    const ada = await present();
    await store.accounts.signIns.revokeOthers(ada.personId, null);
    expect(await reasonOf(store.ways.identities.connect(identity(), ada))).toBe('sign-in');
    expect(await reasonOf(store.ways.passkeys.add(passkey(), ada))).toBe('sign-in');
    const other = await present();
    const foreign = { ...other, personId: ada.personId };
    expect(await reasonOf(store.ways.passkeys.add(passkey(), foreign))).toBe('sign-in');
  });

  test('of two who take the last two ways at once one is refused', async () => {
    const ada = await present(null);
    const [one, two] = [passkey(), passkey()];
    await store.ways.passkeys.add(one, ada);
    await store.ways.passkeys.add(two, ada);
    const removed = await Promise.all(
      [one, two].map(({ id }, n) =>
        reasonOf((stores[n] ?? store).ways.passkeys.remove(ada.personId, id, null)),
      ),
    );
    expect(new Set(removed)).toEqual(new Set(['none', 'last-way']));
    expect(await store.ways.passkeys.list(ada.personId)).toHaveLength(1);
  });

  test('of two uses of a passkey with the same count one signs in, and one that is removed none', async () => {
    const ada = await present();
    const key = passkey(5);
    await store.ways.passkeys.add(key, ada);
    const known = { id: key.id, personId: ada.personId };
    const { through } = await atOnce(stores, 4, (each) =>
      each.ways.passkeys.enter(known, 6, browser()),
    );
    expect(through).toBe(1);
    await store.ways.passkeys.remove(ada.personId, key.id, null);
    expect(await reasonOf(store.ways.passkeys.enter(known, 7, browser()))).toBe('passkey');
  });
});
