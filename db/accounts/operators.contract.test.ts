import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import type { NewPerson } from '@/lib/accounts/account-store';
import { openAccounts } from '@/lib/accounts/accounts';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { hashOfToken, newToken } from '@/lib/accounts/token';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { boundedStores } from '@/tests/setup/bounded-stores';
import { at } from '@/tests/setup/stored-session';

/** The first person who comes, and the last one who leaves. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let other: Store;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    place = await empty();
    const { stores, close: closeAll } = await boundedStores(place, {}, 2);
    [store, other = store] = stores;
    close = closeAll;
  });
  beforeEach(async () => {
    await leaveAll();
  });
  afterAll(async () => {
    await close();
    await place.remove();
  });

  const leave = (id: string) =>
    store.accounts.people.remove({ id, owner: ownerOfPerson(id), now: at(3) }, null);
  /** Operators last. */
  const leaveAll = async () => {
    const people = await store.accounts.people.list();
    for (const { id } of people.toSorted((a, b) => a.role.localeCompare(b.role))) await leave(id);
  };
  const person = (more: Partial<NewPerson> = {}): NewPerson => {
    const name = randomUUID();
    const rest = { password: 'hash', now: at(0), invitation: null, open: false, mayBeFirst: true };
    return { id: randomUUID(), name, login: name, ...rest, ...more };
  };
  const invitation = async (madeBy: string | null) => {
    const tokenHash = hashOfToken(newToken());
    const made = { id: randomUUID(), kind: 'invitation' as const, tokenHash, personId: null };
    const times = { now: at(0), endsAt: at(1000) };
    await store.accounts.links.add({ ...made, madeBy, signIn: null, note: null, ...times });
    return tokenHash;
  };

  test('after the last one left no old invitation makes its holder the operator', async () => {
    const first = await store.accounts.people.add(person());
    const links = [await invitation(first.id), await invitation(null)];
    await leave(first.id);
    const gone = { failure: { kind: 'not-found', reason: 'link' } };
    for (const invited of links) {
      const joining = store.accounts.people.add(person({ invitation: invited }));
      await expect(joining).rejects.toMatchObject(gone);
    }
    expect(await store.accounts.people.isEmpty()).toBe(true);
  });

  test('people are never without an operator, even when the last one leaves as another one joins', async () => {
    for (let n = 0; n < 10; n += 1) {
      const { id } = await store.accounts.people.add(person());
      const invited = n % 2 === 0 ? await invitation(id) : null;
      await Promise.allSettled([
        leave(id),
        other.accounts.people.add(person({ invitation: invited, open: true })),
      ]);
      const people = await store.accounts.people.list();
      expect([0, 1]).toContain(people.filter(({ role }) => role === 'operator').length);
      expect(people.every(({ role }) => role === 'member') && people.length > 0).toBe(false);
      await leaveAll();
    }
  });

  test('of two operators who disable each other at once one stays, and can let the other in again', async () => {
    const { people } = store.accounts;
    const one = await people.add(person());
    const two = await people.add(person({ open: true }));
    await people.edit({ id: two.id, role: 'operator', now: at(1) }, null);
    const disable = (id: string, through: Store) =>
      through.accounts.people.edit({ id, disabled: true, now: at(2) }, null);
    const both = await Promise.allSettled([disable(one.id, store), disable(two.id, other)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [gone, kept] = (await people.list()).toSorted(
      (a, b) => Number(b.disabledAt !== null) - Number(a.disabledAt !== null),
    );
    const last = { failure: { kind: 'conflict', reason: 'last-operator' } };
    const demoted = people.edit({ id: kept?.id ?? '', role: 'member', now: at(3) }, null);
    await expect(demoted).rejects.toMatchObject(last);
    const again = await people.edit({ id: gone?.id ?? '', disabled: false, now: at(3) }, null);
    expect(again).toMatchObject({ disabledAt: null, role: 'operator' });
  });

  test('starts that follow each other leave valid only what the last hour printed', async () => {
    let hours = 0;
    const accounts = openAccounts({
      store: store.accounts,
      hashPassword: (password) => Promise.resolve(password),
      isPassword: () => Promise.resolve(true),
      newToken,
      newId: randomUUID,
      now: () => at(hours * 3600),
      signUp: () => 'closed',
      isPrivate: false,
    });
    const printed = async (after: number) => {
      hours = after;
      return hashOfToken((await accounts.firstLink()) ?? '');
    };
    const links = [await printed(0), await printed(0.5), await printed(1.25)];
    const valid = (await store.accounts.links.list(at(hours * 3600))).length;
    expect(valid).toBe(2);
    const [old = '', , last = ''] = links;
    const { people } = store.accounts;
    const gone = { failure: { kind: 'not-found', reason: 'link' } };
    await expect(people.add(person({ invitation: old }))).rejects.toMatchObject(gone);
    expect((await people.add(person({ invitation: last }))).role).toBe('operator');
    expect(await accounts.firstLink()).toBeNull();
  });
});
