import { and, desc, eq, gt, inArray, lt, lte, ne, sql, type SQL } from 'drizzle-orm';
import type { SignInStore } from '@/lib/accounts/account-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { param, prepare } from '@/db/engine/prepare';
import { AppError } from '@/lib/errors';

const HOUR_MS = 3_600_000;
/** A sign-in that is not used for this long is over. */
const KEPT_MS = 90 * 24 * HOUR_MS;

const usedSince = (now: Date): Date => new Date(now.getTime() - KEPT_MS);

export function signInStore(db: Db): SignInStore {
  const { signIns, accountLinks } = db.tables;
  const notFound = () => new AppError({ kind: 'not-found', reason: 'sign-in' });
  /** With the person's links: one that was made in a revoked browser must not sign it in again. */
  const dropOf = (personId: string, where: SQL | undefined) =>
    db.transaction(async (query) => {
      await query.delete(accountLinks).where(eq(accountLinks.personId, personId));
      return query
        .delete(signIns)
        .where(and(eq(signIns.personId, personId), where))
        .returning({ id: signIns.id });
    });

  return {
    async signedIn(tokenHash, now) {
      const since = usedSince(now);
      const [row] = await db.read((query) =>
        prepare(query, db.tables, byToken).execute({ tokenHash, since }),
      );
      if (!row) return null;
      const { seenAt, ...signedIn } = row;
      if (now.getTime() - seenAt.getTime() > HOUR_MS) await noteUse(db, signedIn.id, now);
      return signedIn;
    },
    async add({ now, ...signIn }) {
      await db.transaction((query) =>
        query.insert(signIns).values({ ...signIn, createdAt: now, seenAt: now }),
      );
    },
    list: (personId, now) => db.read((query) => listed(query, db.tables, personId, now)),
    async revoke(personId, id) {
      const gone = await dropOf(personId, eq(signIns.id, id));
      if (gone.length === 0) throw notFound();
    },
    async revokeToken(tokenHash) {
      await db.transaction((query) =>
        query.delete(signIns).where(eq(signIns.tokenHash, tokenHash)),
      );
    },
    async revokeOthers(personId, kept) {
      const others = kept === null ? undefined : ne(signIns.tokenHash, kept);
      await dropOf(personId, others);
    },
    async stillSignedIn(tokenHashes, now) {
      const rows = await db.read((query) =>
        query
          .select({ tokenHash: signIns.tokenHash })
          .from(signIns)
          .where(
            and(inArray(signIns.tokenHash, [...tokenHashes]), gt(signIns.seenAt, usedSince(now))),
          ),
      );
      return new Set(rows.map((row) => row.tokenHash));
    },
  };
}

const listed = (query: Queries, { signIns }: Tables, personId: string, now: Date) =>
  query
    .select({
      id: signIns.id,
      device: signIns.device,
      createdAt: signIns.createdAt,
      seenAt: signIns.seenAt,
      tokenHash: signIns.tokenHash,
    })
    .from(signIns)
    .where(and(eq(signIns.personId, personId), gt(signIns.seenAt, usedSince(now))))
    .orderBy(desc(signIns.seenAt), signIns.id);

/** Runs before every request of a signed-in person. */
const byToken = (query: Queries, { signIns, people }: Tables) =>
  query
    .select({
      id: signIns.id,
      personId: signIns.personId,
      role: people.role,
      seenAt: signIns.seenAt,
    })
    .from(signIns)
    .innerJoin(people, eq(people.id, signIns.personId))
    .where(
      and(
        eq(signIns.tokenHash, sql.placeholder('tokenHash')),
        gt(signIns.seenAt, param('since', signIns.seenAt)),
      ),
    );

export const dropUnusedSignIns = async (query: Queries, { signIns }: Tables, now: Date) => {
  await query.delete(signIns).where(lte(signIns.seenAt, usedSince(now)));
};

const noteUse = (db: Db, id: string, now: Date): Promise<void> =>
  db.transaction(async (query) => {
    const { signIns } = db.tables;
    await query
      .update(signIns)
      .set({ seenAt: now })
      .where(and(eq(signIns.id, id), lt(signIns.seenAt, now)));
  });
