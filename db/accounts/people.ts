import { asc, count, eq, max, ne } from 'drizzle-orm';
import type { Maker, PeopleStore, PersonEdit, Removal } from '@/lib/accounts/account-store';
import type { Person } from '@/lib/accounts/person';
import { ownerOfPerson } from '@/lib/accounts/principal';
import { AppError } from '@/lib/errors';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { markForgotten } from '@/db/owners';
import { UNBOUNDED } from '@/db/quotas/bounds';
import { addToQuota } from '@/db/quotas/owner-quota';
import { addPerson, columnsOfPerson, hasNobody } from './add-person';
import { lockByPassword } from './lock-by-password';
import { lockMaker, lockOperator } from './lock-maker';
import { isLastOperator, lockOperators } from './operators';
import { dropSignIns } from './sign-ins';

const personNotFound = () => new AppError({ kind: 'not-found', reason: 'person' });
const lastOperator = () => new AppError({ kind: 'conflict', reason: 'last-operator' });

export function peopleStore(db: Db): PeopleStore {
  const { people, signIns } = db.tables;
  const columns = columnsOfPerson(db.tables);
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
        query.select(columns).from(people).where(eq(people.id, id)),
      );
      return row ?? null;
    },
    list: () =>
      db.read((query) =>
        query
          .select({ ...columns, seenAt: max(signIns.seenAt) })
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
    async changePassword(id, { was, password, signIn }) {
      await db.transaction(async (query) => {
        await lockMaker(query, db.tables, { personId: id, signIn });
        await lockByPassword(query, db.tables, { id, was, password });
        await dropSignIns(
          query,
          db.tables,
          id,
          signIn === null ? undefined : ne(signIns.tokenHash, signIn),
        );
      });
    },
    edit: (edit, by) => db.transaction((query) => editPerson(query, db.tables, edit, by)),
    remove: (removal, by) =>
      db.transaction((query) => removePerson(query, db.tables, { ...removal, by })),
  };
}

async function editPerson(
  query: Queries,
  tables: Tables,
  { id, role, disabled, now }: PersonEdit,
  by: Maker | null,
): Promise<Person> {
  const { people, accountLinks } = tables;
  await lockOperators(query, tables);
  if (by) await lockOperator(query, tables, by);
  const leaves = role === 'member' || disabled === true;
  if (leaves && (await isLastOperator(query, tables, id))) throw lastOperator();
  const [row] = await query
    .update(people)
    .set({ role, ...(disabled !== undefined && { disabledAt: disabled ? now : null }) })
    .where(eq(people.id, id))
    .returning(columnsOfPerson(tables));
  if (!row) throw personNotFound();
  if (role === 'member') await query.delete(accountLinks).where(eq(accountLinks.madeBy, id));
  if (disabled === true) {
    await query.delete(accountLinks).where(eq(accountLinks.personId, id));
    await dropSignIns(query, tables, id);
    // Locks the owner's row: a turn that is about to begin waits, and then finds the account disabled.
    await addToQuota(query, tables, UNBOUNDED, { owner: ownerOfPerson(id), now });
  }
  return row;
}

async function removePerson(
  query: Queries,
  tables: Tables,
  { id, owner, now, by }: Removal & { readonly by: Maker | null },
): Promise<void> {
  const { people, apiKeys, accountLinks } = tables;
  await lockOperators(query, tables);
  if (by) await (by.personId === id ? lockMaker : lockOperator)(query, tables, by);
  const [{ all } = { all: 0 }] = await query.select({ all: count() }).from(people);
  if (all > 1 && (await isLastOperator(query, tables, id))) throw lastOperator();
  const deleted = await query.delete(people).where(eq(people.id, id)).returning({ id: people.id });
  if (deleted.length === 0) throw personNotFound();
  // The next person to join becomes the operator, which must not be one with an old invitation.
  if (all === 1) await query.delete(accountLinks);
  await query.delete(apiKeys).where(eq(apiKeys.owner, owner));
  await markForgotten(query, tables, owner, now);
}
