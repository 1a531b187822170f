import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { LinkStore } from '@/lib/accounts/account-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { linkNotFound, useLink } from './use-link';

export function linkStore(db: Db): LinkStore {
  const { accountLinks } = db.tables;
  return {
    async add({ now, ...link }) {
      await db.transaction((query) =>
        query.insert(accountLinks).values({ ...link, createdAt: now }),
      );
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
      const gone = await db.transaction((query) =>
        query
          .delete(accountLinks)
          .where(eq(accountLinks.id, id))
          .returning({ id: accountLinks.id }),
      );
      if (gone.length === 0) throw linkNotFound();
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
    use: (tokenHash, kinds, now) =>
      db.transaction(async (query) => {
        const { personId, kind } = await useLink(query, db.tables, tokenHash, kinds, now);
        if (personId === null) throw linkNotFound();
        return { personId, kind };
      }),
  };
}

export const dropOldLinks = async (query: Queries, { accountLinks }: Tables, now: Date) => {
  await query.delete(accountLinks).where(lte(accountLinks.endsAt, now));
};
