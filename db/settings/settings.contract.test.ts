import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { boundedStores } from '@/tests/setup/bounded-stores';
import { at } from '@/tests/setup/stored-session';

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
  afterAll(async () => {
    await close();
    await place.remove();
  });

  const change = (values: object, seconds: number, by = 'proxy:ada') =>
    store.settings.change({ values, by, maker: null, now: at(seconds) });

  test('what one instance changes another reads, with who, when, from what and to what', async () => {
    expect(await store.settings.read()).toEqual({});
    await change({ CHAT_MODELS: 'a,b', TURNS_PER_OWNER: '3' }, 1);
    expect(await other.settings.read()).toEqual({ CHAT_MODELS: 'a,b', TURNS_PER_OWNER: '3' });
    await change({ CHAT_MODELS: 'b', TURNS_PER_OWNER: '3' }, 2, 'proxy:eve');
    await change({ TURNS_PER_OWNER: null, SIGN_UP: null }, 3);
    expect(await other.settings.read()).toEqual({ CHAT_MODELS: 'b' });
    const history = await other.settings.history(10);
    expect(history.slice(0, 2)).toMatchObject([
      {
        name: 'TURNS_PER_OWNER',
        before: '3',
        after: null,
        changedBy: 'proxy:ada',
        changedAt: at(3),
      },
      { name: 'CHAT_MODELS', before: 'a,b', after: 'b', changedBy: 'proxy:eve', changedAt: at(2) },
    ]);
    expect(history.slice(2).map(({ name, before }) => [name, before])).toEqual(
      expect.arrayContaining([
        ['CHAT_MODELS', null],
        ['TURNS_PER_OWNER', null],
      ]),
    );
    expect(await store.settings.history(1)).toHaveLength(1);
  });

  test('of many changes at once each one continues the one before', async () => {
    await change({ SIGN_UP: 'start' }, 10);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 ? store : other).settings.change({
          values: { SIGN_UP: String(n) },
          by: 'key:x',
          maker: null,
          now: at(20),
        }),
      ),
    );
    const history = (await store.settings.history(50)).filter(({ name }) => name === 'SIGN_UP');
    const made = history.filter(({ before }) => before !== null);
    expect(made).toHaveLength(12);
    expect(new Set(made.map(({ before }) => before)).size).toBe(12);
    const { SIGN_UP: last } = await other.settings.read();
    expect(made.map(({ before }) => before)).not.toContain(last);
  });

  test('who is no operator any more changes nothing', async () => {
    const before = await store.settings.read();
    const maker = { personId: randomUUID(), signIn: null };
    const changing = store.settings.change({
      values: { SIGN_UP: 'open' },
      by: 'user:gone',
      maker,
      now: at(30),
    });
    await expect(changing).rejects.toMatchObject({ failure: { kind: 'unauthenticated' } });
    expect(await store.settings.read()).toEqual(before);
  });
});
