import { DrizzleQueryError } from 'drizzle-orm';
import type { Queries } from '@/db/engine/client';
import { summing, type Checksum } from './checksum';
import type { CopiedTable } from './copied-tables';
import { readRows } from './read-rows';

/** One side of a copy: a connection in a transaction, with the tables of its dialect. */
export interface Side {
  readonly query: Queries;
  readonly tables: readonly CopiedTable[];
}

/** How a table was copied. */
export interface CopiedRows extends Checksum {
  readonly table: string;
}

/**
 * Copies all rows, and reads the copy again to compare it. The target must be empty, and must not check references
 * meanwhile: a message may come before the one that it answers. Throws when the copy differs.
 */
export async function copyTables(
  from: Side,
  to: Side,
  copied: (table: CopiedRows) => void,
): Promise<void> {
  for (const source of from.tables) {
    const target = to.tables.find(({ name }) => name === source.name);
    if (!target) throw new Error(`The target has no table ${source.name}`);
    const [read, written] = await copyTable(from, to, source, target).catch((thrown: unknown) => {
      // The command prints it, and Drizzle's sentence has the values: chats and secrets.
      throw new Error(`The table ${source.name} cannot be copied`, {
        cause: thrown instanceof DrizzleQueryError ? thrown.cause : thrown,
      });
    });
    if (read.sum !== written.sum || read.rows !== written.rows)
      throw new Error(`The copy of the table ${source.name} differs from it: nothing was changed`);
    copied({ table: source.name, ...written });
  }
}

/** The sums of what was read, and of what was written. */
async function copyTable(
  from: Side,
  to: Side,
  source: CopiedTable,
  target: CopiedTable,
): Promise<[Checksum, Checksum]> {
  const read = summing();
  for await (const rows of readRows(from.query, source)) {
    await to.query.insert(target.table).values([...rows]);
    read.add(rows);
  }
  const written = summing();
  for await (const rows of readRows(to.query, target)) written.add(rows);
  return [read.total, written.total];
}
