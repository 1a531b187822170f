import { and, asc, count, eq, max, ne } from 'drizzle-orm';
import type { NewPerson, PeopleStore } from '@/lib/accounts/account-store';
import type { Person, Role } from '@/lib/accounts/person';
import { AppError } from '@/lib/errors';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { markForgotten } from '@/db/owners';
import { useLink } from './use-link';

const personNotFound = () => new AppError({ kind: 'not-found', reason: 'person' });

const columns = ({ people }: Tables) => ({
  id: people.id,
  name: people.name,
  role: people.role,
  createdAt: people.createdAt,
});

export function peopleStore(db: Db): PeopleStore {
  const { people, signIns } = db.tables;
  return {
    isEmpty: () => db.read((query) => hasNobody(query, db.tables)),
    async add(person) {
      // Of two first accounts at once one is refused; it then is no longer the first.
      for (;;) {
        const added = await db.transaction((query) => addPerson(query, db.tables, person));
        if (added) return added;
      }
    },
    async get(id) {
      const [row] = await db.read((query) =>
        query.select(columns(db.tables)).from(people).where(eq(people.id, id)),
      );
      return row ?? null;
    },
    list: () =>
      db.read((query) =>
        query
          .select({ ...columns(db.tables), seenAt: max(signIns.seenAt) })
          .from(people)
          .leftJoin(signIns, eq(signIns.personId, people.id))
          .groupBy(people.id)
          .orderBy(asc(people.createdAt), people.id),
      ),
    async passwordOf(login) {
      const [row] = await db.read((query) =>
        query
          .select({ id: people.id, password: people.password })
          .from(people)
          .where(eq(people.login, login)),
      );
      return row ?? null;
    },
    async passwordHashOf(id) {
      const [row] = await db.read((query) =>
        query.select({ password: people.password }).from(people).where(eq(people.id, id)),
      );
      return row?.password ?? null;
    },
    async setPassword(id, password) {
      await db.transaction((query) =>
        query.update(people).set({ password }).where(eq(people.id, id)),
      );
    },
    setRole: (id, role) => db.transaction((query) => changeRole(query, db.tables, id, role)),
    remove: (id, owner, now) =>
      db.transaction((query) => removePerson(query, db.tables, { id, owner, now })),
  };
}

async function changeRole(query: Queries, tables: Tables, id: string, role: Role): Promise<Person> {
  const { people } = tables;
  await lockOperators(query, tables);
  if (role === 'member' && (await isLastOperator(query, tables, id))) throw lastOperator();
  const [row] = await query
    .update(people)
    .set({ role })
    .where(eq(people.id, id))
    .returning(columns(tables));
  if (!row) throw personNotFound();
  return row;
}

async function removePerson(
  query: Queries,
  tables: Tables,
  { id, owner, now }: { readonly id: string; readonly owner: string; readonly now: Date },
): Promise<void> {
  const { people, apiKeys } = tables;
  await lockOperators(query, tables);
  const [{ all } = { all: 0 }] = await query.select({ all: count() }).from(people);
  if (all > 1 && (await isLastOperator(query, tables, id))) throw lastOperator();
  const gone = await query.delete(people).where(eq(people.id, id)).returning({ id: people.id });
  if (gone.length === 0) throw personNotFound();
  await query.delete(apiKeys).where(eq(apiKeys.owner, owner));
  await markForgotten(query, tables, owner, now);
}

const lastOperator = () => new AppError({ kind: 'conflict', reason: 'last-operator' });

async function hasNobody(query: Queries, { people }: Tables): Promise<boolean> {
  return (await query.select({ id: people.id }).from(people).limit(1)).length === 0;
}

/** Two operators who leave at once must not both find the other one still there. */
async function lockOperators(query: Queries, { people }: Tables): Promise<void> {
  await query.update(people).set({ role: 'operator' }).where(eq(people.role, 'operator'));
}

async function isLastOperator(query: Queries, { people }: Tables, id: string): Promise<boolean> {
  const operators = await query
    .select({ id: people.id })
    .from(people)
    .where(eq(people.role, 'operator'));
  return operators.length === 1 && operators[0]?.id === id;
}

/** Null when another first account was made at the same time. */
async function addPerson(
  query: Queries,
  tables: Tables,
  { invitation, open, mayBeFirst, now, ...person }: NewPerson,
): Promise<Person | null> {
  const { people, accountLinks } = tables;
  const isFirst = await hasNobody(query, tables);
  if (invitation !== null) await useLink(query, tables, invitation, ['invitation'], now);
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
    .returning(columns(tables));
  if (added) return added;
  const taken = await query
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.login, person.login), ne(people.id, person.id)));
  // Thrown, so that the invitation can still be used.
  if (taken.length > 0) throw new AppError({ kind: 'conflict', reason: 'name-taken' });
  return null;
}
