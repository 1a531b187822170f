import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '@/db/store';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { KEYS_MAX } from '@/lib/accounts/keys/key';
import type { NewKey } from '@/lib/accounts/keys/key-store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let owner: string;
  beforeAll(async () => {
    place = await empty();
    store = await openStore(place.database);
  });
  beforeEach(() => {
    owner = `proxy:${randomUUID()}`;
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });

  const create = async (more: Partial<NewKey> = {}): Promise<NewKey> => {
    const key: NewKey = {
      id: randomUUID(),
      owner,
      name: 'ci',
      scopes: ['chat', 'admin'],
      hash: randomUUID(),
      madeBy: null,
      signIn: null,
      createdAt: at(1),
      expiresAt: null,
      ...more,
    };
    await store.keys.create(key);
    return key;
  };

  test('of several keys the valid ones are returned, not revoked or expired ones', async () => {
    const [kept, ending, revoked] = [
      await create(),
      await create({ expiresAt: at(5) }),
      await create(),
    ];
    const ids = [kept.id, ending.id, revoked.id];
    expect(await store.keys.stillValid(ids, at(4))).toEqual(new Set(ids));
    await store.keys.revoke(owner, revoked.id);
    expect(await store.keys.stillValid(ids, at(5))).toEqual(new Set([kept.id]));
  });

  test('a key is found by its hash, and listed without it, newest first', async () => {
    const { id, hash } = await create();
    const newer = await create({ createdAt: at(2), name: 'newer' });
    const found = { id, owner, scopes: ['chat', 'admin'], lastUsedAt: null };
    expect(await store.keys.find(hash, at(9))).toEqual(found);
    expect(await store.keys.find(randomUUID(), at(9))).toBeNull();
    const listed = await store.keys.list(owner);
    expect(listed.map((key) => key.id)).toEqual([newer.id, id]);
    expect(JSON.stringify(listed)).not.toContain(hash);
    expect(await store.keys.list('proxy:other')).toEqual([]);
  });

  test('a person who is removed has no keys, whatever made them in that moment', async () => {
    const id = randomUUID();
    const person = { id, name: id, login: id, password: null, now: at(0), invitation: null };
    const join = () => store.accounts.people.add({ ...person, open: true, mayBeFirst: true });
    const mine = ownerOfPerson(id);
    const none = { failure: { kind: 'unauthenticated', reason: 'sign-in' } };
    await expect(create({ owner: mine })).rejects.toMatchObject(none);
    await join();
    const { hash } = await create({ owner: mine });
    const others = await create();
    expect(await store.keys.find(hash, at(2))).toMatchObject({ owner: mine });
    // As one that was made just after the deletion of the keys: that of another owner stands for it.
    await store.accounts.people.remove({ id, owner: others.owner, now: at(3) }, null);
    expect(await store.keys.find(hash, at(4))).toBeNull();
    expect(await store.keys.list(mine)).toHaveLength(1);
    const kept = await create({ owner: `proxy:${randomUUID()}` });
    await store.accounts.prune(at(5));
    expect(await store.keys.list(mine)).toEqual([]);
    expect(await store.keys.find(kept.hash, at(6))).not.toBeNull();
  });

  test('a key ends at its end', async () => {
    const { hash } = await create({ expiresAt: at(5) });
    expect(await store.keys.find(hash, at(4))).not.toBeNull();
    expect(await store.keys.find(hash, at(5))).toBeNull();
  });

  test('only its owner can revoke a key, and with it go the keys that were made with it', async () => {
    const first = await create();
    const second = await create({ madeBy: first.id });
    const third = await create({ madeBy: second.id });
    const kept = await create();
    const unknown = { failure: { kind: 'not-found', reason: 'key' } };
    await expect(store.keys.revoke('proxy:other', first.id)).rejects.toMatchObject(unknown);
    await store.keys.revoke(owner, first.id);
    for (const { hash } of [first, second, third])
      expect(await store.keys.find(hash, at(9))).toBeNull();
    expect((await store.keys.list(owner)).map(({ id }) => id)).toEqual([kept.id]);
    await expect(store.keys.revoke(owner, first.id)).rejects.toMatchObject(unknown);
  });

  test('a key does not outlive the one that it is made with', async () => {
    const maker = await create({ expiresAt: at(50) });
    const made = (expiresAt: Date | null) => create({ madeBy: maker.id, expiresAt });
    for (const later of [at(51), null])
      await expect(made(later)).rejects.toMatchObject({ failure: { kind: 'invalid' } });
    await made(at(50));
    const gone = create({ madeBy: randomUUID() });
    await expect(gone).rejects.toMatchObject({ failure: { kind: 'unauthenticated' } });
  });

  test('a use is written at most once a minute', async () => {
    const { id } = await create();
    const used = async (second: number) => {
      await store.keys.used(id, at(second));
      return (await store.keys.list(owner))[0]?.lastUsedAt;
    };
    expect(await used(10)).toEqual(at(10));
    expect(await used(70)).toEqual(at(10));
    expect(await used(71)).toEqual(at(71));
  });

  test('a person has a limited number of keys', async () => {
    for (let n = 0; n < KEYS_MAX; n += 1) await create();
    const full = { failure: { kind: 'conflict', reason: 'too-many-keys' } };
    await expect(create()).rejects.toMatchObject(full);
    await create({ owner: `proxy:${randomUUID()}` });
  });
});
