import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { PRINTED, type Maker, type NewLink } from '@/lib/accounts/account-store';
import type { Person, Role } from '@/lib/accounts/person';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { hashOfToken, newToken } from '@/lib/accounts/token';
import { failureOf } from '@/lib/errors';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { atOnce, boundedStores } from '@/tests/setup/bounded-stores';
import { at } from '@/tests/setup/stored-session';

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let stores: [Store, ...Store[]];
  let store: Store;
  let close: () => Promise<unknown>;
  let operator: Person;

  beforeAll(async () => {
    place = await empty();
    ({ stores, close } = await boundedStores(place, {}, 2));
    [store] = stores;
    operator = await join();
  });
  afterAll(async () => {
    await close();
    await place.remove();
  });

  const join = () => {
    const name = randomUUID();
    const rest = { password: 'hash', now: at(0), invitation: null, open: true, mayBeFirst: true };
    return store.accounts.people.add({ id: randomUUID(), name, login: name, ...rest });
  };
  const setRole = (id: string, role: Role, by: Maker | null = null, through = store) =>
    through.accounts.people.edit({ id, role, now: at(3) }, by);
  const joinAsOperator = async () => setRole((await join()).id, 'operator');
  const browser = () => ({
    id: randomUUID(),
    tokenHash: hashOfToken(newToken()),
    device: 'd',
    now: at(2),
  });
  const signIn = async (personId: string) => {
    const signedIn = { ...browser(), personId };
    await store.accounts.signIns.add(signedIn, 'hash');
    return signedIn;
  };
  const link = async (
    kind: NewLink['kind'],
    { id: madeBy }: Pick<Person, 'id'>,
    personId: string | null = null,
    by: string | null = null,
  ) => {
    const tokenHash = hashOfToken(newToken());
    const made = { id: randomUUID(), kind, tokenHash, personId, madeBy, signIn: by, note: null };
    await store.accounts.links.add({ ...made, now: at(0), endsAt: at(1000) });
    return tokenHash;
  };
  const failureKind = (trying: Promise<unknown>) =>
    trying.then(
      () => 'none',
      (thrown: unknown) => failureOf(thrown).kind,
    );
  const isOver = async (tokenHash: string) =>
    (await failureKind(store.accounts.links.kindOf(tokenHash, at(1)))) === 'not-found';
  /** Two links by this person, one of them to the operator's account. */
  const linksBy = (maker: Person) =>
    Promise.all([link('invitation', maker), link('reset', maker, operator.id)]);
  const areOver = (tokenHashes: readonly string[]) => Promise.all(tokenHashes.map(isOver));

  test('the links of an operator end with the role, the account, and a browser that is revoked', async () => {
    const ends: ((id: string) => Promise<unknown>)[] = [
      (id) => setRole(id, 'member'),
      (id) => store.accounts.people.edit({ id, disabled: true, now: at(3) }, null),
      (id) => store.accounts.people.remove({ id, owner: ownerOfPerson(id), now: at(3) }, null),
      async (id) => store.accounts.signIns.revoke(id, (await signIn(id)).id),
      (id) => store.accounts.signIns.revokeOthers(id, null),
      (id) =>
        store.accounts.people.changePassword(id, { was: 'hash', password: 'new', signIn: null }),
    ];
    const others = await link('invitation', operator);
    for (const end of ends) {
      const maker = await joinAsOperator();
      const made = await linksBy(maker);
      await setRole(maker.id, 'operator');
      expect(await areOver(made)).toEqual([false, false]);
      await end(maker.id);
      expect(await areOver(made)).toEqual([true, true]);
    }
    expect(await isOver(others)).toBe(false);
  });

  test('a member makes no links but those for another device, even in the moment of the change', async () => {
    const member = await join();
    expect(await failureKind(linksBy(member))).toBe('forbidden');
    expect(await isOver(await link('device', member, member.id))).toBe(false);
    for (let n = 0; n < 5; n += 1) {
      const maker = await joinAsOperator();
      const [made] = await Promise.allSettled([
        link('invitation', maker),
        setRole(maker.id, 'member', null, stores[1]),
      ]);
      const outcome =
        made.status === 'fulfilled' ? await isOver(made.value) : failureOf(made.reason).kind;
      expect([true, 'forbidden']).toContain(outcome);
    }
  });

  test('a revoked browser ends links for another device, and an operator’s link to the account stays', async () => {
    const person = await join();
    const { id } = person;
    const [own, others] = [await signIn(id), await signIn(operator.id)];
    const device = await link('device', person, id);
    const reset = await link('reset', operator, id);
    for (const unknown of ['x', others.id])
      expect(await failureKind(store.accounts.signIns.revoke(id, unknown))).toBe('not-found');
    expect(await areOver([device, reset])).toEqual([false, false]);
    await store.accounts.signIns.revoke(id, own.id);
    await store.accounts.signIns.revokeOthers(id, null);
    expect(await areOver([device, reset])).toEqual([true, false]);
  });

  test('an operator whose browser is revoked, or who became a member, cannot change accounts', async () => {
    const { people, signIns } = store.accounts;
    const other = await join();
    const attempts = async (by: Maker) => [
      await failureKind(setRole(other.id, 'operator', by)),
      await failureKind(
        people.remove({ id: other.id, owner: ownerOfPerson(other.id), now: at(3) }, by),
      ),
    ];
    const acting = await joinAsOperator();
    const by = { personId: acting.id, signIn: (await signIn(acting.id)).tokenHash };
    await signIns.revokeToken(by.signIn);
    expect(await attempts(by)).toEqual(['unauthenticated', 'unauthenticated']);
    const again = { ...by, signIn: (await signIn(acting.id)).tokenHash };
    await setRole(acting.id, 'member');
    expect(await attempts(again)).toEqual(['forbidden', 'forbidden']);
    await setRole(acting.id, 'operator');
    expect(await attempts(again)).toEqual(['none', 'none']);
  });

  test('a revoked browser sets no password', async () => {
    const { id } = await join();
    const { tokenHash } = await signIn(id);
    await store.accounts.signIns.revokeToken(tokenHash);
    const change = { was: 'hash', password: 'thief', signIn: tokenHash };
    expect(await failureKind(store.accounts.people.changePassword(id, change))).toBe(
      'unauthenticated',
    );
    expect(await store.accounts.people.passwordHashOf(id)).toBe('hash');
  });

  test('a link to a new password takes every other way into the account', async () => {
    const person = await join();
    const old = await signIn(person.id);
    const owner = ownerOfPerson(person.id);
    const key = { id: randomUUID(), owner, name: 'k', scopes: [], hash: randomUUID() };
    const ends = { madeBy: null, signIn: null, createdAt: at(1), expiresAt: null };
    await store.keys.create({ ...key, ...ends });
    await store.accounts.people.changePassword(person.id, {
      was: 'hash',
      password: 'changed',
      signIn: old.tokenHash,
    });
    // Programs go on working.
    expect(await store.keys.find(key.hash, at(2))).toMatchObject({ owner });
    const reset = await link('reset', operator, person.id);
    const others = [
      await link('reset', operator, person.id),
      await link('device', person, person.id),
    ];
    const fresh = browser();
    expect(await failureKind(store.accounts.links.open(reset, null, fresh))).toBe('not-found');
    expect(await store.accounts.links.open(reset, 'reset', fresh)).toBe(person.id);
    expect(await areOver([reset, ...others])).toEqual([true, true, true]);
    expect(await store.keys.find(key.hash, at(2))).toBeNull();
    expect(await store.accounts.signIns.list(person.id, at(2))).toMatchObject([{ id: fresh.id }]);
    expect(await store.accounts.people.passwordHashOf(person.id)).toBe('reset');
  });

  test('a link works once, and signing out everywhere at the same moment leaves no sign-in by it', async () => {
    const person = await join();
    const once = await link('device', person, person.id);
    const { through } = await atOnce(stores, 4, (each) =>
      each.accounts.links.open(once, null, browser()),
    );
    expect(through).toBe(1);
    for (let n = 0; n < 5; n += 1) {
      const device = await link('device', person, person.id);
      await Promise.allSettled([
        store.accounts.links.open(device, null, browser()),
        stores[1]?.accounts.signIns.revokeOthers(person.id, null),
      ]);
      expect(await store.accounts.signIns.list(person.id, at(2))).toEqual([]);
    }
  });

  test('a browser that is revoked in this moment makes neither a link nor a key', async () => {
    const { id } = await join();
    const owner = ownerOfPerson(id);
    const makeLink = (by: string) => link('device', { id }, id, by);
    const makeKey = async (by: string) => {
      const key = { id: randomUUID(), owner, name: 'k', scopes: [], hash: randomUUID() };
      await store.keys.create({
        ...key,
        signIn: by,
        madeBy: null,
        createdAt: at(1),
        expiresAt: null,
      });
    };
    const revoked = await signIn(id);
    await store.accounts.signIns.revoke(id, revoked.id);
    const foreign = await signIn(operator.id);
    for (const { tokenHash } of [revoked, foreign])
      for (const make of [makeLink, makeKey])
        expect(await failureKind(make(tokenHash))).toBe('unauthenticated');
    expect(await store.keys.list(owner)).toEqual([]);
    for (let n = 0; n < 5; n += 1) {
      const thief = await signIn(id);
      const [made] = await Promise.allSettled([
        makeLink(thief.tokenHash),
        stores[1]?.accounts.signIns.revoke(id, thief.id),
      ]);
      const outcome =
        made.status === 'fulfilled' ? await isOver(made.value) : failureOf(made.reason).kind;
      expect([true, 'unauthenticated']).toContain(outcome);
    }
  });

  test('what earlier starts printed ends, and what people or the command made stays', async () => {
    const add = async (madeBy: string | null, note: string | null, second: number) => {
      const tokenHash = hashOfToken(newToken());
      const made = { id: randomUUID(), kind: 'invitation' as const, tokenHash, personId: null };
      const times = { now: at(second), endsAt: at(1000) };
      await store.accounts.links.add({ ...made, madeBy, signIn: null, note, ...times });
      return tokenHash;
    };
    const links = [
      await add(null, PRINTED, 1),
      await add(null, PRINTED, 9),
      await add(null, null, 1),
      await add(operator.id, PRINTED, 1),
    ];
    await store.accounts.links.dropPrinted(at(5));
    expect(await areOver(links)).toEqual([true, false, false, false]);
  });
});
