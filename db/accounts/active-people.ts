import { and, eq, exists, isNull, notLike, or, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { ownerOfPerson } from '@/lib/accounts/principal';
import type { Queries, Tables } from '@/db/engine/client';

/** For `like`: all owners who have an account, or had one. */
export const ANY_PERSON = `${ownerOfPerson('')}%`;
const ID_FROM = sql.raw(String(ownerOfPerson('').length + 1));

export const hasAccount = (query: Queries, { people }: Tables, owner: AnyColumn, which?: SQL) =>
  exists(
    query
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.id, sql`substr(${owner}, ${ID_FROM})`), which)),
  );

/** False for a person with an account who was removed or is disabled; true for all other owners. */
export const isActive = (query: Queries, tables: Tables, owner: AnyColumn) =>
  or(
    notLike(owner, ANY_PERSON),
    hasAccount(query, tables, owner, isNull(tables.people.disabledAt)),
  );
