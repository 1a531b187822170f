import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '@/db/engine/client';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { at, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import type { Store } from '@/db/store';
import { said, textFrom } from '@/tests/setup/entries';

/** The text of turns while they run, and what is pruned afterwards. */
describe.each(ENGINES)('on $name', ({ empty }) => {
  let place: EmptyDatabase;
  let store: Store;
  let session: StoredSession;
  let owner: string;

  givenSessions(empty, (given) => {
    ({ place, store, session } = given);
    ({ owner } = session);
  });

  async function batchesOf(requestId: string): Promise<number> {
    const db = await openDatabase(place.database);
    const { turnEvents } = db.tables;
    const rows = await db.read((query) =>
      query.select().from(turnEvents).where(eq(turnEvents.requestId, requestId)),
    );
    await db.close();
    return rows.length;
  }

  test('the text of a turn can be read from any place, while it runs and after its end has deleted its batches', async () => {
    const { turn } = await session.begin();
    const { requestId } = turn;
    await store.turns.appendEntries([{ requestId, entries: said('Once ') }]);
    await store.turns.appendEntries([{ requestId, entries: said('upon', 5) }]);
    expect(await textFrom(store.turns, requestId, 3)).toBe('e upon');
    await session.end(requestId, { entries: said('Once upon a time') });
    expect(await textFrom(store.turns, requestId, 5)).toBe('upon a time');
    expect(await batchesOf(requestId)).toBe(0);
  });

  test('a reader that returns while the turn ends gets all from its place on', async () => {
    const { requestId } = (await session.begin()).turn;
    await store.turns.appendEntries([{ requestId, entries: said('Once ') }]);
    await store.turns.appendEntries([{ requestId, entries: said('upon', 5) }]);
    const ending = session.end(requestId, { entries: said('Once upon a time') });
    const read = await Promise.all(
      Array.from({ length: 30 }, () => textFrom(store.turns, requestId, 3)),
    );
    await ending;
    expect(new Set(['e upon', 'e upon a time', ...read]).size).toBe(2);
  });

  test('what a process writes of a turn that another one has ended changes nothing, and is pruned', async () => {
    const [ended, running] = [(await session.begin()).turn, (await session.begin()).turn];
    await session.end(ended.requestId, { state: 'interrupted', entries: said('Once') });
    for (const { requestId } of [ended, running])
      await store.turns.appendEntries([{ requestId, entries: said('upon', 4) }]);
    expect(await textFrom(store.turns, ended.requestId, 0)).toBe('Once');
    await store.turns.prune({ endedBefore: at(0), keysBefore: at(0) });
    expect(await batchesOf(ended.requestId)).toBe(0);
    expect(await batchesOf(running.requestId)).toBe(1);
    await store.turns.appendEntries([{ requestId: ended.requestId, entries: said('upon', 4) }]);
    // It ends the turn itself once it knows.
    await session.end(ended.requestId, { state: 'interrupted', entries: said('Once upon') });
    expect(await batchesOf(ended.requestId)).toBe(0);
    expect(await textFrom(store.turns, ended.requestId, 0)).toBe('Once upon');
    await session.end(running.requestId);
  });

  test('more entries than a statement can hold are written at once', async () => {
    const { requestId } = (await session.begin()).turn;
    const kinds = ['reasoning', 'text'] as const;
    const entries = Array.from({ length: 17_000 }, (_, n) => ({
      at: n,
      kind: kinds[n % 2] ?? 'text',
      text: String(n % 10),
    }));
    await store.turns.appendEntries([{ requestId, entries }]);
    expect(await store.turns.entriesFrom(requestId, 0)).toEqual(entries);
  });

  test('a batch that replaces the text leaves nothing of what was there', async () => {
    const { requestId } = (await session.begin()).turn;
    const other = (await session.begin({ requestId: randomUUID() })).turn.requestId;
    await store.turns.appendEntries([{ requestId, entries: said('a plan') }]);
    await store.turns.appendEntries([
      { requestId, entries: said(', and', 6) },
      { requestId: other, entries: said('Once') },
      { requestId, entries: said('Hi'), replaces: true },
      { requestId, entries: said(' there', 2) },
    ]);
    expect(await textFrom(store.turns, requestId, 0)).toBe('Hi there');
    expect(await textFrom(store.turns, other, 0)).toBe('Once');
    await store.turns.appendEntries([{ requestId, entries: said(''), replaces: true }]);
    await store.turns.appendEntries([{ requestId, entries: said('Ho') }]);
    expect(await textFrom(store.turns, requestId, 0)).toBe('Ho');
  });

  test('without a session the reply is kept for as long as its key', async () => {
    const idempotency = { key: randomUUID(), bodyHash: 'h' };
    const { turn } = await session.begin({ sessionId: null, idempotency });
    await session.end(turn.requestId, { entries: said('hi there') });
    await store.turns.prune({ endedBefore: at(9), keysBefore: at(0) });
    expect(await textFrom(store.turns, turn.requestId, 3)).toBe('there');
    await store.turns.prune({ endedBefore: at(9), keysBefore: at(9) });
    await store.turns.prune({ endedBefore: at(9), keysBefore: at(9) });
    expect(await textFrom(store.turns, turn.requestId, 0)).toBe('');
    expect(await session.begin({ sessionId: null, idempotency })).toMatchObject({
      begun: { kind: 'started' },
    });
  });

  test('without a session and a key nothing of the reply is kept', async () => {
    const { requestId } = (await session.begin({ sessionId: null })).turn;
    await session.end(requestId, { entries: said('a secret') });
    expect(await batchesOf(requestId)).toBe(0);
    await session.end(requestId, { entries: said('a secret, and more') });
    expect(await batchesOf(requestId)).toBe(0);
    expect(await store.turns.find(owner, requestId)).toMatchObject({ state: 'complete' });
  });

  test('a turn without a session is forgotten when no key leads to it, and no other turn is', async () => {
    const alone = await session.begin({ sessionId: null });
    const running = await session.begin({ sessionId: null });
    const kept = await session.begin();
    await session.end(alone.turn.requestId);
    await session.end(kept.turn.requestId);
    await store.turns.prune({ endedBefore: at(9), keysBefore: at(0) });
    expect(await store.turns.find(owner, alone.turn.requestId)).toBeNull();
    expect(await store.turns.find(owner, running.turn.requestId)).toMatchObject({
      state: 'running',
    });
    expect(await store.turns.find(owner, kept.turn.requestId)).toMatchObject({ state: 'complete' });
  });
});
