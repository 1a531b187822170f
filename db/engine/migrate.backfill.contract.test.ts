import { rmSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { openStore } from '@/db/store';
import type { Database } from '@/lib/env/database';
import { ENGINES } from '@/tests/databases/engines';
import { migrationsBefore } from '@/tests/databases/old-version';

/** Brings a database to the version before a migration, and puts rows into it. */
async function asBefore(migration: string, database: Database, rows: readonly string[]) {
  const folder = migrationsBefore(migration);
  const migrations = { migrationsFolder: path.join(folder, 'drizzle', database.dialect) };
  if (database.dialect === 'sqlite') {
    const client = new BetterSqlite(database.file);
    migrateSqlite(drizzleSqlite({ client }), migrations);
    for (const row of rows) client.exec(row.replaceAll('NOW', '0'));
    client.close();
  } else {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await migratePostgres(drizzlePostgres({ client }), migrations);
    for (const row of rows) await client.query(row.replaceAll('NOW', 'now()'));
    await client.end();
  }
  rmSync(folder, { recursive: true });
}

const session = (id: string) =>
  `insert into sessions (id, owner, last_activity, created_at, updated_at) values ('${id}', 'me', NOW, NOW, NOW)`;
const message = (id: string, turn: string, role: string, seq: number) =>
  `insert into messages (id, session_id, seq, role, content, turn, created_at) values ('${id}', 'counted', ${String(seq)}, '${role}', 'x', '${turn}', NOW)`;
const turn = (id: string, of: string, usage: object | null, thoughtMs: number | null) =>
  `insert into turns (request_id, owner, session_id, state, model, instance, usage, thought_ms, heartbeat, created_at)
   values ('${id}', 'me', '${of}', 'complete', 'm', 'i', ${usage ? `'${JSON.stringify(usage)}'` : 'null'}, ${String(thoughtMs)}, NOW, NOW)`;
const usage = (total: number) => ({ prompt_tokens: 1, completion_tokens: 1, total_tokens: total });

describe.each(ENGINES)('on $name', ({ empty }) => {
  test('an update counts the tokens of a session, and takes over how long models thought', async () => {
    const { database, remove } = await empty();
    await asBefore('_reply_facts', database, [
      session('counted'),
      session('unknown'),
      turn('one', 'counted', usage(2_000_000_000), 1200),
      turn('two', 'counted', usage(2_000_000_000), null),
      turn('three', 'counted', null, null),
      turn('four', 'unknown', null, null),
      message('question', 'one', 'user', 1),
      message('reply', 'one', 'assistant', 2),
      message('second', 'two', 'assistant', 3),
      "update messages set parent = 'question' where id = 'reply'",
      "update messages set parent = 'reply' where id = 'second'",
      "update sessions set head = 'second' where id = 'counted'",
    ]);
    const store = await openStore(database);
    const tokensOf = async (id: string) => (await store.sessions.get('me', id)).tokens;
    expect([await tokensOf('counted'), await tokensOf('unknown')]).toEqual([4_000_000_000, 0]);
    const read = await store.messages.branch({ owner: 'me', sessionId: 'counted' });
    expect(read.map(({ thoughtMs }) => thoughtMs)).toEqual([null, 1200, null]);
    await store.close();
    await remove();
  });
});
