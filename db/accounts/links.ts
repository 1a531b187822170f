import { and, asc, eq, gt, isNull, lt, lte } from 'drizzle-orm';
import { PRINTED, type LinkStore, type NewLink } from '@/lib/accounts/account-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { lockMaker, lockOperator } from './lock-maker';
import { openLink } from './open-link';
import { linkNotFound } from './use-link';

export function linkStore(db: Db): LinkStore {
  const { accountLinks } = db.tables;
  return {
    async add({ now, signIn, ...link }) {
      await db.transaction(async (query) => {
        await checkMaker(query, db.tables, { ...link, signIn });
        await query.insert(accountLinks).values({ ...link, createdAt: now });
      });
    },
    list: (now) =>
      db.read((query) =>
        query
          .select({
            id: accountLinks.id,
            kind: accountLinks.kind,
            personId: accountLinks.personId,
            note: accountLinks.note,
            endsAt: accountLinks.endsAt,
          })
          .from(accountLinks)
          .where(gt(accountLinks.endsAt, now))
          .orderBy(asc(accountLinks.createdAt), accountLinks.id),
      ),
    async remove(id) {
      const deleted = await db.transaction((query) =>
        query
          .delete(accountLinks)
          .where(eq(accountLinks.id, id))
          .returning({ id: accountLinks.id }),
      );
      if (deleted.length === 0) throw linkNotFound();
    },
    async dropPrinted(before) {
      await db.transaction((query) =>
        query
          .delete(accountLinks)
          .where(
            and(
              isNull(accountLinks.madeBy),
              eq(accountLinks.note, PRINTED),
              lt(accountLinks.createdAt, before),
            ),
          ),
      );
    },
    async kindOf(tokenHash, now) {
      const [link] = await db.read((query) =>
        query
          .select({ kind: accountLinks.kind })
          .from(accountLinks)
          .where(and(eq(accountLinks.tokenHash, tokenHash), gt(accountLinks.endsAt, now))),
      );
      if (!link) throw linkNotFound();
      return link.kind;
    },
    open: (tokenHash, password, browser) =>
      db.transaction((query) => openLink(query, db.tables, { tokenHash, password, browser })),
  };
}

/** The maker may have been removed, signed out or made a member while the request was on its way. */
async function checkMaker(
  query: Queries,
  tables: Tables,
  { kind, madeBy, signIn }: Pick<NewLink, 'kind' | 'madeBy' | 'signIn'>,
): Promise<void> {
  if (madeBy === null) return;
  const maker = { personId: madeBy, signIn };
  await (kind === 'device' ? lockMaker : lockOperator)(query, tables, maker);
}

export const dropOldLinks = async (query: Queries, { accountLinks }: Tables, now: Date) => {
  await query.delete(accountLinks).where(lte(accountLinks.endsAt, now));
};
