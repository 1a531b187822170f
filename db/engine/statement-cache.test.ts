import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, test } from 'vitest';
import { cacheStatements } from './statement-cache';
import { padded } from './padded';
import * as tables from './schema.sqlite';
import { openStore } from '@/db/store';
import { isRunning } from '@/db/quotas/turns-at-once';
import type { Tables } from './client';

test('padded lists of ids have few lengths, and the same ids', () => {
  expect(padded([])).toEqual([]);
  const lengths = new Set<number>();
  for (let n = 1; n <= 500; n += 1) {
    const ids = Array.from({ length: n }, (_, id) => String(id));
    lengths.add(padded(ids).length);
    expect(new Set(padded(ids))).toEqual(new Set(ids));
  }
  expect([...lengths]).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
});

test('only the oldest statement is evicted from a full cache', () => {
  const connection = new Sqlite(':memory:');
  let prepared = 0;
  const prepare = connection.prepare.bind(connection);
  const counted = (text: string) => {
    prepared += 1;
    return prepare(text);
  };
  connection.prepare = counted as typeof connection.prepare;
  cacheStatements(connection);
  for (let n = 0; n <= 300; n += 1) connection.prepare(`select ${String(n)}`);
  connection.prepare('select 300');
  connection.prepare('select 1');
  expect(prepared).toBe(301);
  connection.prepare('select 0');
  expect(prepared).toBe(302);
  connection.close();
});

test('running turns are found by their index, however many have ended', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-plan-'));
  const file = path.join(folder, 'app.db');
  await (await openStore({ dialect: 'sqlite', file })).close();
  const connection = new Sqlite(file);
  const { turns } = tables;
  const query = drizzle({ client: connection })
    .select({ id: turns.requestId })
    .from(turns)
    .where(isRunning(tables as unknown as Tables))
    .toSQL();
  const plan = connection.prepare(`explain query plan ${query.sql}`).all(...query.params);
  expect(plan).toMatchObject([{ detail: expect.stringContaining('turns_running') }]);
  connection.close();
  rmSync(folder, { recursive: true });
});
