import { expect, test } from 'vitest';
import { POSTGRES } from '@/tests/databases/engines';
import { migrate } from './migrate';
import { openDatabase } from './client';

test('of two processes on one Postgres, one at a time prunes, and the other goes on with everything else', async () => {
  const place = await POSTGRES.empty();
  await migrate(place.database);
  const [one, other] = [await openDatabase(place.database), await openDatabase(place.database)];
  const done = () => Promise.resolve('done');
  const within = await one.withPruneLock(async () => [
    await other.withPruneLock(done),
    await other.transaction(done),
  ]);
  expect(within).toEqual([null, 'done']);
  expect(await other.withPruneLock(done)).toBe('done');
  await expect(one.withPruneLock(() => Promise.reject(new Error('a failure')))).rejects.toThrow();
  expect(await other.withPruneLock(done)).toBe('done');
  await Promise.all([one, other].map((db) => db.close()));
  await place.remove();
});
