import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { asc, eq, isNotNull } from 'drizzle-orm';
import { expect } from 'vitest';
import { openDatabase, type Db } from '@/db/engine/client';
import type { Database } from '@/lib/env/database';

/** Checks the integrity of the file after a kill, on a copy: opening the file itself would repair it. */
export function checkFile(database: Database): void {
  if (database.dialect !== 'sqlite') return;
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-copy-'));
  const copy = path.join(folder, 'app.db');
  for (const end of ['', '-wal'])
    if (existsSync(database.file + end)) copyFileSync(database.file + end, copy + end);
  const file = new Sqlite(copy);
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(file.pragma('foreign_key_check')).toEqual([]);
  file.close();
  rmSync(folder, { recursive: true });
}

async function looking<T>(database: Database, look: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDatabase(database);
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}

export const runningTurns = (database: Database): Promise<{ requestId: string }[]> =>
  looking(database, (db) => {
    const { turns } = db.tables;
    return db.read((query) =>
      query.select({ requestId: turns.requestId }).from(turns).where(eq(turns.state, 'running')),
    );
  });

/** Checks message numbers: no duplicates, and gaps only for failed turns and replies that never began. */
export const numbersAreWhole = (database: Database): Promise<void> =>
  looking(database, async (db) => {
    const { sessions, messages, turns } = db.tables;
    const { last, taken, ended } = await db.read(async (query) => ({
      last: await query.select({ id: sessions.id, lastSeq: sessions.lastSeq }).from(sessions),
      taken: await query
        .select({ sessionId: messages.sessionId, seq: messages.seq })
        .from(messages)
        .orderBy(asc(messages.seq)),
      ended: await query
        .select({ sessionId: turns.sessionId, state: turns.state, replyId: turns.replyId })
        .from(turns)
        .where(isNotNull(turns.sessionId)),
    }));
    const numbersOf = Map.groupBy(taken, ({ sessionId }) => sessionId);
    const turnsOf = Map.groupBy(ended, ({ sessionId }) => sessionId);
    for (const { id, lastSeq } of last) {
      const numbers = (numbersOf.get(id) ?? []).map(({ seq }) => seq);
      expect(new Set(numbers).size).toBe(numbers.length);
      const left = (turnsOf.get(id) ?? [])
        .filter(({ replyId }) => replyId === null)
        .reduce((sum, { state }) => sum + (state === 'failed' ? 2 : 1), 0);
      expect({ id, lastSeq }).toEqual({ id, lastSeq: numbers.length + left });
    }
  });
