import type { SQL } from 'drizzle-orm';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import type { Queries, Tables } from '@/db/engine/client';

/**
 * The tokens of each row of `search_docs`, separated by spaces. A virtual table of SQLite and a table of Postgres with
 * the same two columns, so one object serves both; not in the schema files, because a migration makes it by hand.
 */
export const searchIndex = pgTable('search_index', {
  id: bigint('rowid', { mode: 'number' }).primaryKey(),
  tokens: text('tokens').notNull(),
});

/** Letters and digits only, but for the marks of lib/search; so nothing in it can be an operator. */
export interface Wanted {
  readonly token: string;
  /** Any token that begins so. */
  readonly isBeginning: boolean;
}

/** What must be in a row: of each group, one. */
export type Groups = readonly (readonly Wanted[])[];

/** Which rows of `search_docs`, with their session and message, newest first. */
export interface Lookup {
  readonly owner: string;
  readonly groups: Groups;
  /** Conditions on `search_docs`, `sessions` and `messages`. */
  readonly where: SQL | undefined;
  /** Ids at least `from`, and less than `below`. */
  readonly from: number;
  readonly below: number;
  readonly limit: number;
}

/** The full-text index of a database. */
export interface FullText {
  /** The ids, highest first. Its cost depends on the owner's texts, not on how many there are in all. */
  lookUp(query: Queries, tables: Tables, lookup: Lookup): Promise<number[]>;
}
