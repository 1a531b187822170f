import { setImmediate } from 'node:timers/promises';
import type { Db, Queries, Tables } from './client';

/** How many rows a round deletes. SQLite blocks the event loop meanwhile. */
export const ROUND = 200;

interface Round {
  readonly more: boolean;
}

/** Repeats `round`, a transaction, until nothing is left. Other requests run in between. */
export async function inRounds(round: () => Promise<Round>): Promise<void> {
  while ((await round()).more) await setImmediate();
}

/** Prunes in rounds, each a transaction. Ends as soon as another process is in one: that one prunes, too. */
export const pruneInRounds = (
  db: Db,
  round: (query: Queries, tables: Tables) => Promise<Round>,
): Promise<void> =>
  inRounds(
    async () => (await db.withPruneLock((query) => round(query, db.tables))) ?? { more: false },
  );
