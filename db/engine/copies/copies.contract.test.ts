import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '@/lib/env/database';
import { causesOf } from '@/lib/errors';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { contentOf, using } from '@/tests/setup/operator/database-content';
import { fillEveryTable } from '@/tests/setup/operator/every-table';
import { sqliteAsQueries } from '@/db/engine/client.sqlite';
import { backUp } from './backup';
import { copyTables } from './copy-tables';
import { copiedTables, REBUILT } from './copied-tables';
import { move } from './move';
import { restore } from './restore';

let folder: string;
const places: EmptyDatabase[] = [];

/** A database with rows in every table, which no test changes, and its content. */
interface Source {
  readonly database: Database;
  readonly content: Record<string, unknown[]>;
}
const sources = {} as Record<Database['dialect'], Source>;

beforeAll(async () => {
  for (const { empty } of ENGINES) {
    const { database } = await opened(empty);
    await using(database, (db) => fillEveryTable(db, database));
    sources[database.dialect] = { database, content: await contentOf(database) };
  }
});
afterAll(async () => {
  for (const place of places) await place.remove();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-copies-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function opened(empty: () => Promise<EmptyDatabase>): Promise<EmptyDatabase> {
  const place = await empty();
  places.push(place);
  return place;
}

const backupFile = () => path.join(folder, 'backup.db');
const facts = {
  secret: 'a secret of the old machine',
  madeAt: '2026-01-01T00:00:00Z',
  version: '1',
};

const DIALECTS = ['sqlite', 'postgres'] as const;
const PAIRS = DIALECTS.flatMap((from) => ENGINES.map((to) => ({ from, to, name: to.name }))).filter(
  // Shown by the other three.
  ({ from, name }) => from !== 'postgres' || name !== 'PostgreSQL',
);

describe.each(DIALECTS)('of %s', (dialect) => {
  test('every table of the database is copied or made again', async () => {
    const known = new Set([...copiedTables(dialect).map(({ name }) => name), ...REBUILT]);
    const tables = await tablesOf(sources[dialect].database);
    expect(tables.length).toBeGreaterThan(known.size);
    // The index and its pieces, counts of rates, and what the engines keep for themselves.
    const others = /^(search_index|rate_counts$|sqlite_|__drizzle)/;
    expect(tables.filter((name) => !known.has(name) && !others.test(name))).toEqual([]);
  });

  test('a restore refuses a database that is in use, or has something in it', async () => {
    const { database, content } = sources[dialect];
    await backUp(database, backupFile(), facts);
    await using(database, async (db) => {
      await db.read((query) => query.select().from(db.tables.people));
      await expect(restore(backupFile(), database, true)).rejects.toThrow('stop it first');
      await expect(move(database, database, () => undefined)).rejects.toThrow('stop it first');
    });
    await expect(restore(backupFile(), database, false)).rejects.toThrow('is not empty');
    expect(await contentOf(database)).toEqual(content);
  });

  test('a restore refuses what is no whole backup, and changes nothing', async () => {
    const { database, content } = sources[dialect];
    await backUp(database, backupFile(), facts);
    for (const [name, sentence] of Object.entries(UNFIT))
      await expect(restore(unfit(name), database, true)).rejects.toThrow(sentence);
    expect(await contentOf(database)).toEqual(content);
  });
});

const UNFIT = {
  'cut.db': 'damaged',
  'other.db': 'not a database of Ask-Next',
  'text.db': 'not a backup of Ask-Next',
  'newer.db': 'A newer version',
  'none.db': 'cannot be opened',
};

/** Makes such a file from the backup. */
function unfit(name: string): string {
  const file = path.join(folder, name);
  const whole = readFileSync(backupFile());
  if (name === 'cut.db') writeFileSync(file, whole.subarray(0, whole.length - 8192));
  if (name === 'other.db') new Sqlite(file).exec('create table a (b)').close();
  if (name === 'text.db') writeFileSync(file, 'no database'.repeat(100));
  if (name !== 'newer.db') return file;
  writeFileSync(file, whole);
  const later = "insert into __drizzle_migrations (hash, created_at) values ('x', 9e15)";
  new Sqlite(file).exec(later).close();
  return file;
}

const tablesOf = async (database: Database): Promise<string[]> => {
  if (database.dialect === 'sqlite') {
    const connection = new Sqlite(database.file);
    const rows = connection.prepare("select name from sqlite_master where type = 'table'").all();
    connection.close();
    return rows.map((row) => (row as { name: string }).name);
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  await client.end();
  return rows.map(({ name }) => name);
};

test.each(PAIRS)('everything is moved from $from to $name, and restored', async ({ from, to }) => {
  const { database: source, content } = sources[from];
  const { database: target } = await opened(to.bare);
  const moved: [string, number][] = [];
  const broken = move(source, target, ({ table }) => {
    if (table === 'people') throw new Error('the power is gone');
  });
  await expect(broken).rejects.toThrow('the power is gone');
  expect(Object.values(await contentOf(target)).flat()).toEqual([]);
  await move(source, target, ({ table, rows }) => moved.push([table, rows]));
  expect(await contentOf(target)).toEqual(content);
  expect(moved).toEqual(Object.entries(content).map(([table, rows]) => [table, rows.length]));
  expect(moved.every(([, rows]) => rows > 0)).toBe(true);
  // What is to be indexed again.
  expect(await pendingIn(target)).toEqual(await pendingIn(source));
  await expect(move(source, target, () => undefined)).rejects.toThrow('is not empty');

  await backUp(source, backupFile(), facts);
  // References are checked as before.
  await using(target, (db) => db.transaction((query) => query.delete(db.tables.sessions)));
  expect((await contentOf(target))['messages']).toEqual([]);
  expect(await restore(backupFile(), target, true)).toEqual(facts);
  expect(await contentOf(target)).toEqual(content);
});

const pendingIn = (database: Database) =>
  using(database, (db) =>
    db.read(async (query) => {
      const rows = await query.select().from(db.tables.searchPending);
      return rows.map(({ kind, id }) => `${kind} ${id}`).toSorted();
    }),
  );

test('a backup is one private file, and is not written over another', async () => {
  const { database } = sources.sqlite;
  await backUp(database, backupFile(), facts);
  expect(statSync(backupFile()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['backup.db']);
  const again = backUp(database, backupFile(), facts);
  await expect(again).rejects.toThrow('exists: choose another name');
});

test('a lost database is restored with its secret, and the one beside a copy by other means stays', async () => {
  const { database, content } = sources.sqlite;
  await backUp(database, backupFile(), facts);
  const file = path.join(folder, 'data', 'app.db');
  const secret = path.join(folder, 'data', 'secret');
  const lost: Database = { dialect: 'sqlite', file };
  await restore(backupFile(), lost, false);
  expect(await contentOf(lost)).toEqual(content);
  expect(readFileSync(secret, 'utf8')).toBe(facts.secret);
  expect(statSync(secret).mode & 0o777).toBe(0o600);
  // The restored database has no other trace of it.
  expect(readFileSync(file).includes(facts.secret)).toBe(false);
  const copy = path.join(folder, 'copy.db');
  new Sqlite(file).exec(`vacuum into '${copy}'`).close();
  expect(await restore(copy, lost, true)).toBeNull();
  expect(readFileSync(secret, 'utf8')).toBe(facts.secret);

  writeFileSync(file, 'this was a database'.repeat(1000));
  await expect(restore(backupFile(), lost, false)).rejects.toThrow('--replace');
  await restore(backupFile(), lost, true);
  expect(await contentOf(lost)).toEqual(content);
});

test('a new database does not take the secret of its neighbour', async () => {
  await backUp(sources.sqlite.database, backupFile(), facts);
  const [file, secret] = [path.join(folder, 'new.db'), path.join(folder, 'secret')];
  writeFileSync(secret, 'of another database');
  const restored = restore(backupFile(), { dialect: 'sqlite', file }, false);
  await expect(restored).rejects.toThrow('holds another secret');
  expect(readFileSync(secret, 'utf8')).toBe('of another database');
  expect(readdirSync(folder)).not.toContain('new.db');
});

test('a row that cannot be copied is not shown', async () => {
  const { database } = await opened(ENGINES[0]!.bare);
  await using(database, (db) => fillEveryTable(db, database));
  const connection = drizzle({ client: new Sqlite((database as { file: string }).file) });
  const side = { query: sqliteAsQueries(connection), tables: copiedTables('sqlite') };
  // Into itself: each row is there already.
  const failed: unknown = await copyTables(side, side, () => undefined).catch((e: unknown) => e);
  connection.$client.close();
  expect(causesOf(failed)).toMatch(/^The table \w+ cannot be copied <- UNIQUE constraint failed/);
});

test('a place that cannot be written is named', async () => {
  const file = path.join(folder, 'none', 'backup.db');
  const failed = backUp(sources.sqlite.database, file, facts);
  await expect(failed).rejects.toThrow(/backup\.db.* cannot be written/);
});

test('a database without a file is no source of a backup', async () => {
  const database: Database = { dialect: 'sqlite', file: path.join(folder, 'app.db') };
  await expect(backUp(database, backupFile(), facts)).rejects.toThrow('cannot be opened');
  expect(readdirSync(folder)).toEqual([]);
});
