import { and, desc, eq, gt, inArray, lt, lte, ne, or, sql, type SQL } from 'drizzle-orm';
import type { NewSignIn, SignInStore } from '@/lib/accounts/account-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { param, prepare } from '@/db/engine/prepare';
import { AppError } from '@/lib/errors';
import { lockByPassword } from './lock-by-password';
import { lockPerson } from './lock-maker';

const HOUR_MS = 3_600_000;
/** A sign-in that is not used for this long is over. */
const KEPT_MS = 90 * 24 * HOUR_MS;

const usedSince = (now: Date): Date => new Date(now.getTime() - KEPT_MS);

export function signInStore(db: Db): SignInStore {
  const { signIns } = db.tables;
  return {
    async signedIn(tokenHash, now) {
      const since = usedSince(now);
      const [row] = await db.read((query) =>
        prepare(query, db.tables, byToken).execute({ tokenHash, since }),
      );
      if (!row) return null;
      const { seenAt, ...signedIn } = row;
      return { ...signedIn, isNoted: now.getTime() - seenAt.getTime() <= HOUR_MS };
    },
    used: (id, now) => noteUse(db, id, now),
    add: ({ personId, ...browser }, password) =>
      db.transaction(async (query) => {
        await lockByPassword(query, db.tables, { id: personId, was: password, password });
        await insertSignIn(query, db.tables, { ...browser, personId });
      }),
    list: (personId, now) => db.read((query) => listed(query, db.tables, personId, now)),
    async revoke(personId, id) {
      await db.transaction(async (query) => {
        await lockPerson(query, db.tables, personId);
        const deleted = await dropSignIns(query, db.tables, personId, eq(signIns.id, id));
        // Thrown in the transaction, so that the links stay.
        if (deleted === 0) throw new AppError({ kind: 'not-found', reason: 'sign-in' });
      });
    },
    async revokeToken(tokenHash) {
      await db.transaction((query) =>
        query.delete(signIns).where(eq(signIns.tokenHash, tokenHash)),
      );
    },
    async revokeOthers(personId, kept) {
      const others = kept === null ? undefined : ne(signIns.tokenHash, kept);
      await db.transaction(async (query) => {
        await lockPerson(query, db.tables, personId);
        await dropSignIns(query, db.tables, personId, others);
      });
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

/**
 * Deletes some or all of a person's sign-ins and returns how many. With the links that the person made, and those that
 * sign in on another device: a revoked browser must not come back by one. A link by which an operator lets the person set a
 * new password stays: it is the way to shut a thief out. The caller has locked the person. Links come first: if one is used
 * at the same time, this finds either the link or the sign-in that it made.
 */
export async function dropSignIns(
  query: Queries,
  { signIns, accountLinks }: Tables,
  personId: string,
  where?: SQL,
): Promise<number> {
  const isDevice = and(eq(accountLinks.personId, personId), eq(accountLinks.kind, 'device'));
  await query.delete(accountLinks).where(or(eq(accountLinks.madeBy, personId), isDevice));
  const deleted = await query
    .delete(signIns)
    .where(and(eq(signIns.personId, personId), where))
    .returning({ id: signIns.id });
  return deleted.length;
}

/** Every way in ends here. The caller has locked the person. Throws `forbidden` for a disabled account. */
export async function insertSignIn(
  query: Queries,
  { signIns, people }: Tables,
  { now, ...signIn }: NewSignIn,
): Promise<void> {
  const [person] = await query
    .select({ disabledAt: people.disabledAt })
    .from(people)
    .where(eq(people.id, signIn.personId));
  if (person?.disabledAt) throw new AppError({ kind: 'forbidden', reason: 'disabled' });
  await query.insert(signIns).values({ ...signIn, createdAt: now, seenAt: now });
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
