import { inspect } from 'node:util';
import Sqlite from 'better-sqlite3';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sessionNotFound } from '@/lib/errors';
import { mapErrors } from './failures';

let connection: Sqlite.Database;
beforeEach(() => {
  connection = new Sqlite(':memory:');
  connection.exec('create table words (id integer primary key, text text not null)');
});
afterEach(() => connection.close());

const write = (id: number, text: string) =>
  mapErrors(() => {
    drizzle({ client: connection }).run(sql`insert into words values (${id}, ${text})`);
    return Promise.resolve();
  });

test('a full disk is unavailable', async () => {
  connection.pragma('max_page_count = 3');
  await expect(write(1, 'x'.repeat(100_000))).rejects.toMatchObject({
    failure: { kind: 'unavailable' },
  });
});

test('an error in a query passes through without the texts in it', async () => {
  await write(1, 'one');
  const thrown: unknown = await write(1, 'very private').catch((error: unknown) => error);
  expect(inspect(thrown, { depth: null })).toContain('SQLITE_CONSTRAINT');
  expect(inspect(thrown, { depth: null })).not.toContain('private');
});

test('an error in a query is no connection error, whatever texts are in it', async () => {
  const words = ['Why is the connection terminated?'];
  const mistake = new DrizzleQueryError('insert …', words, new Error('duplicate key'));
  const thrown: unknown = await mapErrors(() => Promise.reject(mistake)).catch(
    (error: unknown) => error,
  );
  expect(inspect(thrown)).toContain('duplicate key');
  expect(thrown).not.toHaveProperty('failure');
});

test("the app's own refusals pass through", async () => {
  await expect(mapErrors(() => Promise.reject(sessionNotFound()))).rejects.toMatchObject({
    failure: { kind: 'not-found' },
  });
});
