import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrate } from '@/db/engine/migrate';
import { SQLITE } from '@/tests/databases/engines';
import { inspect } from './inspect';

test('a locked SQLite database is waited for without holding up the process', async () => {
  const { database, uri, remove } = await SQLITE.empty();
  await migrate(database);
  const writer = new Sqlite(uri.replace('sqlite://', ''));
  writer.exec('BEGIN IMMEDIATE');
  // It ends only if timers run while the lock is waited for.
  setTimeout(() => writer.exec('COMMIT'), 200);
  expect(await inspect(database)).toMatchObject({ exists: true });
  writer.close();
  await remove();
});
