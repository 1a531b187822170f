import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStore } from '@/db/store';
import type { WrittenSession } from '@/lib/sessions/export/session-file';
import { exportSessions } from '@/lib/sessions/export/session-pieces';
import { ENGINES } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { anySession } from '@/tests/setup/transfers/any-session';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import { at, createSession } from '@/tests/setup/stored-session';
import { exported, fileOf, imported } from '@/tests/setup/transfers/files';

/** Everything goes out, and comes back as it was. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  const opened = migratedDatabase(empty);

  test('any tree comes back whole; a second import changes nothing; the export is the same bytes', async () => {
    const store = await openStore(opened.place.database);
    await fc.assert(
      fc.asyncProperty(fc.array(anySession, { minLength: 1, maxLength: 3 }), async (sessions) => {
        const owner = randomUUID();
        const file = fileOf(...sessions);
        const kinds = async (dryRun = false) =>
          (await imported(store, owner, file, dryRun)).map(({ kind }) => kind);
        expect(await kinds(true)).toEqual(sessions.map(() => 'new'));
        expect(await exported(store, owner)).not.toContain('"messages"');
        expect(await kinds()).toEqual(sessions.map(() => 'new'));
        const first = await exported(store, owner);
        const { sessions: written } = JSON.parse(first) as { sessions: WrittenSession[] };
        expect(new Map(written.map((session) => [session.id, session]))).toEqual(
          new Map(sessions.map((session) => [session.id, session])),
        );
        expect(await kinds()).toEqual(sessions.map(() => 'same'));
        const { counted, found } = await recount(opened.db, owner);
        expect(counted).toEqual(found);
        // The ids are free again, as in an empty database.
        await store.owners.forget(owner, new Date());
        await store.owners.purge(owner);
        const other = randomUUID();
        await imported(store, other, first);
        expect(await exported(store, other)).toBe(first);
        await store.owners.forget(other, new Date());
        await store.owners.purge(other);
      }),
      { numRuns: 5 },
    );
    await store.close();
  });

  test('what the app itself stored comes back; a reply being written is left out', async () => {
    const store = await openStore(opened.place.database);
    const session = await createSession(store);
    const { turn } = await session.begin({ now: at(1) });
    const entries = [
      { at: 0, kind: 'reasoning' as const, text: 'hm' },
      { at: 2, kind: 'text' as const, text: 'hi' },
    ];
    const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 };
    await session.end(turn.requestId, { entries, usage, state: 'stopped' });
    await session.editMemory({ memory: 'likes tea' });
    const whole = await exported(store, session.owner);
    await session.begin({ now: at(5) });
    const { sessions } = JSON.parse(await exported(store, session.owner)) as {
      sessions: WrittenSession[];
    };
    expect(sessions[0]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(sessions[0]?.head).toBe(sessions[0]?.messages[2]?.id);

    // Another person imports the file: the ids are in use, so theirs are others, and the same each time.
    const owner = randomUUID();
    const [copy] = await imported(store, owner, whole);
    expect(copy).toMatchObject({ kind: 'new' });
    expect(await imported(store, owner, whole)).toEqual([{ ...copy, kind: 'same' }]);
    const other = await exported(store, owner);
    const withoutIds = (file: string) => file.replaceAll(/"[\da-f]{8}-[\da-f-]{27}"/g, '"id"');
    expect(withoutIds(other)).toBe(withoutIds(whole));
    await store.close();
  });

  test('a long session is exported in pieces of a limited size', async () => {
    const store = await openStore(opened.place.database);
    const owner = randomUUID();
    const chat_messages = Array.from({ length: 1200 }, (_, n) => ({
      uuid: String(n),
      sender: n % 2 ? 'assistant' : 'human',
      text: 'x'.repeat(2000),
    }));
    await imported(store, owner, JSON.stringify([{ uuid: 'long', chat_messages }]));
    const sizes: number[] = [];
    for await (const piece of exportSessions(store.transfers.exportAll(owner, 'all'), at(99)))
      sizes.push(piece.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(2_400_000);
    expect(Math.max(...sizes)).toBeLessThan(300_000);
    await store.close();
  });

  test('sessions that become active during an export are not missed, and a deleted one is left out', async () => {
    const store = await openStore(opened.place.database);
    const owner = randomUUID();
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const [n, id] of ids.entries())
      await store.sessions.create({ id, owner, title: null, now: at(n) });
    const found: string[] = [];
    for await (const { session } of store.transfers.exportAll(owner, 'all')) {
      found.push(session.id);
      if (found.length > 1) continue;
      await store.sessions.remove(owner, ids[2] ?? '', at(20));
      await store.messages.append({
        owner,
        sessionId: ids[1] ?? '',
        id: randomUUID(),
        message: { role: 'user', content: 'x' },
        now: at(30),
      });
    }
    expect(found).toEqual(ids.slice(0, 2));
    await store.close();
  });
});
