import pg from 'pg';
import { expect, test } from 'vitest';
import { POSTGRES } from '@/tests/databases/engines';
import { startCutProxy } from '@/tests/programs/cut-proxy';
import { ADVISORY_LOCK, migrate } from './migrate';

test('a connection lost while waiting for the lock fails the migration without a crash', async () => {
  const place = await POSTGRES.bare();
  const network = await startCutProxy(place.uri);
  const url = new URL(place.uri);
  url.host = new URL(network.url).host;
  const other = new pg.Client({ connectionString: place.uri });
  await other.connect();
  try {
    await other.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const migrating = Promise.allSettled([migrate({ dialect: 'postgres', url: url.href })]);
    const waiting = async () => {
      const { rows } = await other.query(
        `select pid from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length;
    };
    await expect.poll(waiting).toBe(1);
    network.cut();
    expect(await migrating).toMatchObject([
      { status: 'rejected', reason: { message: expect.stringMatching(/terminated/) } },
    ]);
    await other.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]);
    await migrate(place.database);
  } finally {
    await other.end();
    await network.close();
    await place.remove();
  }
});
