import { and, eq, ne } from 'drizzle-orm';
import type { NewPerson } from '@/lib/accounts/account-store';
import type { Person } from '@/lib/accounts/person';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';
import { lockOperators } from './operators';
import { useLink } from './use-link';

/** What is shown of a person. */
export const columnsOfPerson = ({ people }: Tables) => ({
  id: people.id,
  name: people.name,
  role: people.role,
  createdAt: people.createdAt,
  disabledAt: people.disabledAt,
});

export async function hasNobody(query: Queries, { people }: Tables): Promise<boolean> {
  return (await query.select({ id: people.id }).from(people).limit(1)).length === 0;
}

/** Null when another first account was made at the same time. */
export async function addPerson(
  query: Queries,
  tables: Tables,
  { invitation, open, mayBeFirst, now, ...person }: NewPerson,
): Promise<Person | null> {
  const { people, accountLinks } = tables;
  await lockOperators(query, tables);
  const isFirst = await hasNobody(query, tables);
  if (invitation !== null) await useLink(query, tables, invitation, 'invitation', now);
  else if (isFirst && !mayBeFirst)
    throw new AppError({ kind: 'forbidden', reason: 'first-account' });
  else if (!isFirst && !open) throw new AppError({ kind: 'forbidden', reason: 'sign-up-closed' });
  // Each start made one for the operator.
  if (isFirst) await query.delete(accountLinks);
  const [added] = await query
    .insert(people)
    .values({
      ...person,
      role: isFirst ? 'operator' : 'member',
      founder: isFirst ? true : null,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning(columnsOfPerson(tables));
  if (added) return added;
  const taken = await query
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.login, person.login), ne(people.id, person.id)));
  // Thrown, so that the invitation can still be used.
  if (taken.length > 0) throw new AppError({ kind: 'conflict', reason: 'name-taken' });
  return null;
}
