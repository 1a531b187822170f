import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrationsFolder } from '@/db/engine/migrate';
import { openStore, type Store } from '@/db/store';
import { turnRecovery } from '@/lib/chat/run/recovery';
import { systemClock } from '@/lib/system-clock';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { asBefore } from '@/tests/databases/old-version';
import { recount } from '@/tests/databases/recount';
import { textFrom } from '@/tests/setup/entries';
import { silentLog } from '@/tests/setup/log';
import { openDatabase } from './client';

const owner = 'me';
const USAGE = '{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}';

/** Rows as version 0.1.0 wrote them: a kept session with a branch, one in the trash, and turns that ended in each way. */
const ROWS = [
  `insert into sessions (id, owner, title, opening, memory, head, last_seq, last_activity, created_at, updated_at)
   values ('kept', 'me', 'Bücher', 'What is a book?', '- likes owls', 'm4', 4, NOW, NOW, NOW)`,
  `insert into sessions (id, owner, opening, last_seq, last_activity, created_at, updated_at, deleted_at)
   values ('trash', 'me', 'gone', 0, NOW, NOW, NOW, NOW)`,
  ...[
    ['m1', null, 'user', 'What is a book?', 'complete'],
    ['m2', 'm1', 'assistant', 'Pages, bound.', 'complete'],
    ['m3', 'm2', 'user', 'And an ostrich?', 'complete'],
    ['m4', 'm3', 'assistant', 'A bird that', 'interrupted'],
  ].map(
    ([id, parent, role, content, state], n) =>
      `insert into messages (id, session_id, seq, parent, role, content, state, turn, created_at)
       values ('${id}', 'kept', ${String(n + 1)}, ${parent ? `'${parent}'` : 'null'}, '${role}', '${content}', '${state}', 't${n < 2 ? '1' : '2'}', NOW)`,
  ),
  `insert into turns (request_id, owner, session_id, state, model, usage, user_message_id, reply_id, instance, heartbeat, created_at, ended_at)
   values ('t1', 'me', 'kept', 'complete', 'm', '${USAGE}', 'm1', 'm2', 'i', NOW, NOW, NOW)`,
  `insert into turns (request_id, owner, session_id, state, model, user_message_id, reply_id, instance, heartbeat, created_at, ended_at)
   values ('t2', 'me', 'kept', 'interrupted', 'm', 'm3', 'm4', 'i', NOW, NOW, NOW)`,
  `insert into turns (request_id, owner, session_id, state, failure, failed_text, model, instance, heartbeat, created_at, ended_at)
   values ('t3', 'me', 'kept', 'failed', '{"kind":"unavailable","message":"x","retryAfterSeconds":5}', 'typed words', 'm', 'i', NOW, NOW, NOW)`,
  `insert into turns (request_id, owner, session_id, state, model, instance, heartbeat, created_at)
   values ('t4', 'me', null, 'running', 'm', 'a dead process', NOW, NOW)`,
  `insert into turn_events (request_id, "offset", text) values ('t4', 0, 'half')`,
  `insert into memory_revisions (id, session_id, seq, text, author, turn, created_at)
   values ('r1', 'kept', 1, '- likes owls', 'model', 't1', NOW)`,
];

describe.each(ENGINES)('a database of version 0.1.0 on $name', ({ bare }) => {
  let place: EmptyDatabase;
  let store: Store;

  beforeAll(async () => {
    place = await bare();
    await asBefore('_session_changes', place.database, ROWS);
    store = await openStore(place.database);
  });
  afterAll(async () => {
    await store.close();
    await place.remove();
  });

  test('keeps its sessions, branches, memories and failed turns', async () => {
    const list = await store.sessions.list({ owner, limit: 5, after: null });
    expect(list.map(({ id }) => id)).toEqual(['kept']);
    expect(await store.sessions.get(owner, 'kept')).toMatchObject({
      title: 'Bücher',
      memory: '- likes owls',
      tokens: 3,
    });
    const branch = await store.messages.branch({ owner, sessionId: 'kept' });
    expect(branch.map(({ content, state }) => [content, state])).toEqual([
      ['What is a book?', 'complete'],
      ['Pages, bound.', 'complete'],
      ['And an ostrich?', 'complete'],
      ['A bird that', 'interrupted'],
    ]);
    expect(await store.turns.runningOn('a dead process')).toEqual(['t4']);
  });

  test('is searched, counted and written', async () => {
    while (await store.search.indexSome());
    const { hits } = await store.search.find({ owner, q: 'ostrich', filter: {}, below: null });
    expect(hits.map(({ messageId }) => messageId)).toEqual(['m3']);
    const message = { role: 'user', content: 'a new one' } as const;
    await store.messages.append({ owner, sessionId: 'kept', id: 'm5', message, now: new Date() });
    const branch = await store.messages.branch({ owner, sessionId: 'kept' });
    expect(branch.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    const db = await openDatabase(place.database);
    const { counted, found } = await recount(db, owner);
    await db.close();
    expect(counted).toEqual(found);
  });

  test('has the turns of its dead processes ended, although they have no row among the instances', async () => {
    const recover = turnRecovery({
      store: store.turns,
      clock: systemClock,
      log: silentLog,
      instance: 'a new process',
      runsHere: () => false,
      isDead: () => false,
    });
    for (let poll = 0; poll < 4; poll += 1) {
      expect(await store.turns.find(owner, 't4')).toMatchObject({ state: 'running' });
      await recover();
    }
    expect(await store.turns.find(owner, 't4')).toMatchObject({ state: 'interrupted' });
    expect(await textFrom(store.turns, 't4', 0)).toBe('half');
  });
});

/** What takes something away that the release before may still use, or demands what it does not write. */
const DESTRUCTIVE =
  /\bdrop\s+(table|column)\b|\brename\s+(to|column)\b|\badd\b(?!.*\bdefault\b).*\bnot null\b|\bset not null\b/i;

test.each(['sqlite', 'postgres'] as const)(
  'migrations of %s only add, so that the release before works on the new database',
  (dialect) => {
    const { entries } = JSON.parse(
      readFileSync(path.join(migrationsFolder(dialect), 'meta/_journal.json'), 'utf8'),
    ) as { entries: { tag: string }[] };
    const takingAway = entries
      .map(({ tag }) => tag)
      .filter((tag) =>
        DESTRUCTIVE.test(readFileSync(path.join(migrationsFolder(dialect), `${tag}.sql`), 'utf8')),
      );
    expect(takingAway).toEqual([]);
  },
);
