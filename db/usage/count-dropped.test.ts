import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Db } from '@/db/engine/client';
import { migrate } from '@/db/engine/migrate';
import { POSTGRES, type EmptyDatabase } from '@/tests/databases/engines';
import { countDropped, type DroppedTurn } from './count-usage';

let place: EmptyDatabase;
let db: Db;
let other: pg.Client;

beforeAll(async () => {
  place = await POSTGRES.empty();
  await migrate(place.database);
  db = await openDatabase(place.database);
  other = new pg.Client({ connectionString: place.uri });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await db.close();
  await place.remove();
});

const turn = (model: string, createdAt: Date): DroppedTurn => ({
  state: 'running',
  owner: 'somebody',
  keyId: null,
  model,
  reservedInput: 10,
  reservedOutput: 1,
  inputPrice: null,
  outputPrice: null,
  createdAt,
});

const drop = (turns: readonly DroppedTurn[]) =>
  db.transaction((query) => countDropped(query, db.tables, turns));

const lock = (model: string) =>
  other.query(`update usage set turns = turns where day = '2026-03-15' and model = '${model}'`);

async function waiting(): Promise<number> {
  const { rows } = await other.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.waiting ?? 0;
}

test('dropped turns of several models and days never wait for who waits for them', async () => {
  const day = new Date('2026-03-15T12:00:00Z');
  const dayBefore = new Date('2026-03-14T12:00:00Z');
  const turns = [turn('b', day), turn('a', day), turn('b', dayBefore)];
  await drop(turns);
  // What another transaction does that ends a turn of each model: the sums in order, then the day.
  await other.query('begin');
  await lock('a');
  const dropping = drop(turns);
  await expect.poll(waiting).toBe(1);
  await lock('b');
  await other.query('update daily_use set tokens = tokens');
  await other.query('commit');
  await dropping;
  const { rows } = await other.query(
    'select model, sum(turns)::int as turns, sum(input)::int as input from usage group by 1 order by 1',
  );
  expect(rows).toEqual([
    { model: 'a', turns: 2, input: 20 },
    { model: 'b', turns: 4, input: 40 },
  ]);
  const { rows: days } = await other.query('select tokens::int from daily_use order by day');
  expect(days).toEqual([{ tokens: 22 }, { tokens: 44 }]);
});
