import { and, inArray, isNull, like, not, type AnyColumn } from 'drizzle-orm';
import type { Queries, Tables } from '@/db/engine/client';
import { ROUND } from '@/db/engine/rounds';
import { ANY_PERSON, hasAccount } from './active-people';

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
