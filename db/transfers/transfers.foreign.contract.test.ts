import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openStore } from '@/db/store';
import { ENGINES } from '@/tests/databases/engines';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import { at } from '@/tests/setup/stored-session';
import { FOREIGN, hostileConversation } from '@/tests/setup/transfers/foreign';
import { exported, imported } from '@/tests/setup/transfers/files';

/** Another app's file that comes again, as it was and with more, to what was changed here meanwhile. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);

  test.each(FOREIGN)(
    '$app: the same file changes nothing, a newer one adds, one that parted is a conflict',
    async ({ file }) => {
      const store = await openStore(opened.place.database);
      const owner = randomUUID();
      const kinds = async (count: number, dryRun = false) =>
        (await imported(store, owner, JSON.stringify(file(count)), dryRun)).map(({ kind }) => kind);
      expect(await kinds(2, true)).toEqual(['new']);
      expect(await kinds(2)).toEqual(['new']);
      const first = await exported(store, owner);
      expect([await kinds(2, true), await kinds(2)]).toEqual([['same'], ['same']]);
      expect(await exported(store, owner)).toBe(first);
      expect(await kinds(4)).toEqual(['newer']);
      expect([await kinds(4), await kinds(2)]).toEqual([['same'], ['same']]);
      const [session] = await store.sessions.list({ owner, limit: 1 });
      const said = { owner, sessionId: session?.id ?? '' };
      const contents = async () =>
        (await store.messages.branch(said)).map(({ content }) => content);
      expect(await contents()).toEqual(['Word 1', 'Word 2', 'Word 3', 'Word 4']);
      const message = { role: 'user' as const, content: 'mine' };
      await store.messages.append({ ...said, id: randomUUID(), message, now: at(60) });
      expect(await kinds(4)).toEqual(['same']);
      const before = await exported(store, owner);
      expect([await kinds(6, true), await kinds(6)]).toEqual([['conflict'], ['conflict']]);
      expect(await exported(store, owner)).toBe(before);
      await store.sessions.remove(owner, said.sessionId, at(61));
      expect(await kinds(6)).toEqual(['skipped']);
      await store.close();
    },
  );

  test.each(FOREIGN)(
    '$app: what no database takes as it is, is stored, and the same again',
    async ({ file }) => {
      const store = await openStore(opened.place.database);
      const owner = randomUUID();
      const text = JSON.stringify(hostileConversation(file(2)));
      expect(await imported(store, owner, text)).toMatchObject([{ kind: 'new' }]);
      expect(await imported(store, owner, text)).toMatchObject([{ kind: 'same' }]);
      await store.close();
    },
  );
});
