import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStore, type Store } from '@/db/store';
import type { WrittenSession } from '@/lib/sessions/export/session-file';
import { exportSessions } from '@/lib/sessions/export/session-pieces';
import type { Imported } from '@/lib/sessions/export/transfer-store';
import { readOwnSession } from '@/lib/sessions/import/own-session';
import { readImport } from '@/lib/sessions/import/read-import';
import { ENGINES } from '@/tests/databases/engines';
import { recount } from '@/tests/databases/recount';
import { boundedStores } from '@/tests/setup/bounded-stores';
import { migratedDatabase } from '@/tests/setup/migrated-database';
import { at, createSession } from '@/tests/setup/stored-session';

const time = (second: number) => at(second).toISOString().replace('Z', '+00:00');

async function exported(store: Store, owner: string): Promise<string> {
  let text = '';
  for await (const piece of exportSessions(store.transfers.exportAll(owner, 'all'), at(99)))
    text += piece;
  return text;
}

const fileOf = (...sessions: object[]) =>
  JSON.stringify({ format: 'ask-next', version: 1, sessions });

async function imported(
  store: Store,
  owner: string,
  file: string,
  dryRun = false,
): Promise<Imported[]> {
  const done: Imported[] = [];
  const pause = () => setImmediate();
  for await (const read of readImport(new Blob([file]), {
    now: at(50),
    pause,
    readOwn: readOwnSession,
  })) {
    if (!('session' in read)) throw new Error('no session');
    const { session } = read;
    done.push(await store.transfers.importSession({ owner, session, dryRun, now: at(50) }));
  }
  return done;
}

const text = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((each) => each.replaceAll('\0', ''));

/** Any tree of messages: each answers one of those before it, or none. */
const anySession: fc.Arbitrary<WrittenSession> = fc
  .array(
    fc.record({
      above: fc.nat(),
      role: fc.constantFrom('user' as const, 'assistant' as const),
      content: text,
      reasoning: fc.option(text.filter((each) => each !== '')),
      state: fc.constantFrom('complete' as const, 'stopped' as const, 'interrupted' as const),
      gap: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 12 },
  )
  .chain((drawn) =>
    fc.record({
      title: fc.option(text.map((each) => each.slice(0, 100).toWellFormed())),
      memory: fc.option(text),
      head: fc.nat(),
      drawn: fc.constant(drawn),
      forgotten: fc.nat(5),
    }),
  )
  .map(({ title, memory, head, drawn, forgotten }) => {
    const ids = drawn.map(() => randomUUID());
    let seq = 0;
    return {
      id: randomUUID(),
      title,
      memory,
      memory_pinned: (memory ?? '')
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(0, 1),
      memory_enabled: memory !== null,
      forgotten_seq: forgotten,
      system_prompt: title,
      model: memory === null ? null : 'm',
      temperature: memory === null ? null : 0.7,
      max_tokens: memory === null ? null : 100,
      pinned_at: head % 2 === 0 ? time(2) : null,
      archived_at: head % 3 === 0 ? time(3) : null,
      tags: head % 2 === 0 ? ['work', 'a "b" c'] : [],
      head: ids[head % Math.max(1, ids.length)] ?? null,
      tokens: head,
      context_tokens: null,
      created_at: time(1),
      updated_at: time(3),
      last_activity: time(2),
      memory_revisions: [
        { id: randomUUID(), text: memory, author: 'user', turn: null, created_at: time(2) },
      ],
      messages: drawn.map(({ above, role, content, reasoning, state, gap }, index) => {
        seq += gap;
        return {
          id: ids[index] ?? '',
          parent: ids.slice(0, index)[above % (index + 1)] ?? null,
          seq,
          role,
          content,
          parts:
            reasoning === null
              ? null
              : [
                  { kind: 'reasoning' as const, text: reasoning },
                  { kind: 'source' as const, url: 'https://example.com/a?b', title: null },
                  ...(content === '' ? [] : [{ kind: 'text' as const, text: content }]),
                ],
          state,
          finish: null,
          model: role === 'user' ? null : 'gpt',
          tokens: gap,
          usage: gap === 1 ? { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } : null,
          first_token_ms: null,
          total_ms: gap,
          thought_ms: reasoning === null ? null : gap,
          turn: index === 3 ? 'turn' : null,
          created_at: time(1),
        };
      }),
    };
  });

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

  test('a file with more adds it; with other messages it is a conflict, and changes nothing', async () => {
    const store = await openStore(opened.place.database);
    const session = await createSession(store);
    const { owner, sessionId } = session;
    await session.append('one', 'user', at(1));
    const early = await exported(store, owner);
    await session.append('two', 'assistant', at(2));
    await store.sessions.change({ owner, id: sessionId, title: 'Later', now: at(4) });
    const late = await exported(store, owner);

    const other = randomUUID();
    const [first] = await imported(store, other, early);
    expect(await imported(store, other, late, true)).toEqual([{ ...first, kind: 'newer' }]);
    expect(await imported(store, other, late)).toEqual([{ ...first, kind: 'newer' }]);
    expect(await imported(store, other, late)).toEqual([{ ...first, kind: 'same' }]);
    expect(await imported(store, other, early)).toEqual([{ ...first, kind: 'same' }]);
    const copyId = first && 'id' in first ? first.id : '';
    expect(await store.sessions.get(other, copyId)).toMatchObject({ title: 'Later' });
    const branch = await store.messages.branch({ owner: other, sessionId: copyId });
    expect(branch.map(({ content }) => content)).toEqual(['one', 'two']);
    const { counted, found } = await recount(opened.db, other);
    expect(counted).toEqual(found);

    await session.append('three here', 'user', at(5));
    const before = await exported(store, owner);
    const file = JSON.parse(late) as { sessions: WrittenSession[] };
    const added = file.sessions[0]?.messages[1];
    if (added)
      file.sessions[0]?.messages.push({ ...added, id: randomUUID(), parent: added.id, seq: 3 });
    expect(await imported(store, owner, JSON.stringify(file))).toMatchObject([
      { kind: 'conflict' },
    ]);
    if (added) added.content = 'changed';
    expect(await imported(store, owner, JSON.stringify(file))).toMatchObject([
      { kind: 'conflict' },
    ]);
    expect(await exported(store, owner)).toBe(before);
    await store.close();
  });

  test('what is in the trash stays there, and is not exported', async () => {
    const store = await openStore(opened.place.database);
    const { owner, sessionId, append } = await createSession(store);
    await append('one');
    const file = await exported(store, owner);
    await store.sessions.remove(owner, sessionId, at(9));
    expect(await imported(store, owner, file)).toEqual([
      { kind: 'skipped', reason: 'deleted', id: sessionId },
    ]);
    expect(JSON.parse(await exported(store, owner))).toMatchObject({ sessions: [] });
    await store.close();
  });

  test('a session over a quota is skipped whole, by name; a smaller one is stored', async () => {
    const { stores, close } = await boundedStores(opened.place, { OWNER_MAX_MESSAGES: 3 });
    const [store] = stores;
    const owner = randomUUID();
    const claude = (uuid: string, count: number) => ({
      uuid,
      chat_messages: Array.from({ length: count }, (_, n) => ({
        uuid: String(n),
        sender: n % 2 ? 'assistant' : 'human',
        text: `message ${String(n)}`,
      })),
    });
    const file = JSON.stringify([claude('large', 4), claude('small', 2)]);
    expect(await imported(store, owner, file)).toMatchObject([
      { kind: 'skipped', reason: 'OWNER_MAX_MESSAGES', limit: 3 },
      { kind: 'new' },
    ]);
    expect(await imported(store, owner, file)).toMatchObject([
      { kind: 'skipped' },
      { kind: 'same' },
    ]);
    const { counted, found } = await recount(opened.db, owner);
    expect(counted).toEqual(found);
    expect(found).toMatchObject({ sessions: 1, messages: 2 });
    await close();
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
