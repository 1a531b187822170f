import {
  and,
  eq,
  exists,
  inArray,
  isNull,
  like,
  not,
  notLike,
  or,
  sql,
  type AnyColumn,
} from 'drizzle-orm';
import { ownerOfPerson } from '@/lib/accounts/principal';
import type { Queries, Tables } from '@/db/engine/client';
import { ROUND } from '@/db/engine/rounds';

const ANY_PERSON = `${ownerOfPerson('')}%`;
const ID_FROM = sql.raw(String(ownerOfPerson('').length + 1));

const hasAccount = (query: Queries, { people }: Tables, owner: AnyColumn) =>
  exists(
    query
      .select({ id: people.id })
      .from(people)
      .where(eq(people.id, sql`substr(${owner}, ${ID_FROM})`)),
  );

/** False for a person with an account who was removed; true for all other owners. */
export const isNotRemoved = (query: Queries, tables: Tables, owner: AnyColumn) =>
  or(notLike(owner, ANY_PERSON), hasAccount(query, tables, owner));

/** What ran while a person was removed, such as an import, may have stored something afterwards. */
export async function dropRemovedPeople(query: Queries, tables: Tables, now: Date): Promise<void> {
  const { apiKeys, owners } = tables;
  const hasNone = (owner: AnyColumn) =>
    and(like(owner, ANY_PERSON), not(hasAccount(query, tables, owner)));
  await query.delete(apiKeys).where(hasNone(apiKeys.owner));
  const some = query
    .select({ owner: owners.owner })
    .from(owners)
    .where(and(hasNone(owners.owner), isNull(owners.forgetBefore)))
    .limit(ROUND);
  await query.update(owners).set({ forgetBefore: now }).where(inArray(owners.owner, some));
}
