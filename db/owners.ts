import {
  and,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  notExists,
  notLike,
  or,
  type SQL,
} from 'drizzle-orm';
import type { OwnerStore } from '@/lib/sessions/owner-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { dropAbout } from '@/db/memory/about-rows';
import { dropTurns } from '@/db/turns/drop-turns';
import { forgetUsage } from '@/db/usage/move-usage';
import { begunBy } from '@/db/turns/turn-owner';
import { inRounds, pruneInRounds, ROUND } from '@/db/engine/rounds';
import { DELETED_PERMANENTLY, purgeSessions } from '@/db/sessions/purge';
import { versionBump } from '@/db/sessions/session-row';

const DAY_MS = 86_400_000;
/** Owners with a name, such as `key:ci`. A visitor's id has no colon. */
const NAMED = '%:%';

export function ownerStore(db: Db): OwnerStore {
  const { sessions } = db.tables;

  /** Hides these sessions: they can be neither seen nor restored. */
  const hide = (owner: string, now: Date, which: SQL | undefined) =>
    inRounds(() =>
      db.transaction(async (query) => {
        const some = query
          .select({ id: sessions.id })
          .from(sessions)
          .where(and(eq(sessions.owner, owner), which))
          .limit(ROUND);
        const hidden = await query
          .update(sessions)
          .set({ deletedAt: DELETED_PERMANENTLY, ...versionBump(db.tables, now) })
          .where(inArray(sessions.id, some))
          .returning({ id: sessions.id });
        return { more: hidden.length > 0 };
      }),
    );

  const canBeSeen = or(isNull(sessions.deletedAt), gt(sessions.deletedAt, DELETED_PERMANENTLY));

  const purge = async (owner: string): Promise<void> => {
    await purgeSessions(
      db,
      and(eq(sessions.owner, owner), eq(sessions.deletedAt, DELETED_PERMANENTLY)),
    );
    const before = await forgetBefore(db, owner);
    if (!before) return;
    const turns = ofNoSession(db.tables, { owner, before });
    await inRounds(() => db.transaction((query) => dropTurns(query, db.tables, turns)));
    await db.transaction(async (query) => {
      // It locks the owner first: nothing new can come between.
      await dropAbout(query, db.tables, owner, before);
      await dropOwner(query, db.tables, { owner, before });
      await forgetUsage(query, db.tables, owner, before);
    });
  };

  return {
    visited: visits(db),
    purge,
    async forget(owner, now) {
      await db.transaction((query) => markForgotten(query, db.tables, owner, now));
      await db.transaction((query) => dropAbout(query, db.tables, owner, null));
      await hide(owner, now, canBeSeen);
    },
    emptyTrash: (owner, now) => hide(owner, now, gt(sessions.deletedAt, DELETED_PERMANENTLY)),
    async prune({ now, unseenSince, emptySince }) {
      await markUnseen(db, now, unseenSince);
      for (const { owner, before } of await toForget(db)) {
        // The owner may have returned: newer data stays.
        await hide(owner, now, and(lte(sessions.createdAt, before), canBeSeen));
        await purge(owner);
      }
      await purgeSessions(db, eq(sessions.deletedAt, DELETED_PERMANENTLY));
      await dropEmpty(db, emptySince);
    },
  };
}

/** Written before anything is deleted, so that another process can finish the deletion after a crash. */
export async function markForgotten(
  query: Queries,
  { owners }: Tables,
  owner: string,
  now: Date,
): Promise<void> {
  await query
    .insert(owners)
    .values({ owner, seenAt: now, forgetBefore: now })
    .onConflictDoUpdate({ target: owners.owner, set: { forgetBefore: now } });
}

const markUnseen = (db: Db, now: Date, unseenSince: Date): Promise<void> =>
  db.transaction(async (query) => {
    const { owners } = db.tables;
    const isUnseen = and(lt(owners.seenAt, unseenSince), notLike(owners.owner, NAMED));
    const some = query
      .select({ owner: owners.owner })
      .from(owners)
      .where(and(isUnseen, isNull(owners.forgetBefore)))
      .limit(ROUND);
    await query
      .update(owners)
      .set({ forgetBefore: now })
      .where(and(inArray(owners.owner, some), isUnseen));
  });

const toForget = (db: Db): Promise<{ owner: string; before: Date }[]> =>
  db.read(async (query) => {
    const { owners } = db.tables;
    const rows = await query
      .select({ owner: owners.owner, before: owners.forgetBefore })
      .from(owners)
      .where(isNotNull(owners.forgetBefore))
      .limit(ROUND);
    return rows.flatMap(({ owner, before }) => (before ? [{ owner, before }] : []));
  });

const forgetBefore = (db: Db, owner: string): Promise<Date | null> =>
  db.read(async (query) => {
    const { owners } = db.tables;
    const [row] = await query
      .select({ before: owners.forgetBefore })
      .from(owners)
      .where(eq(owners.owner, owner));
    return row?.before ?? null;
  });

interface Forgotten {
  readonly owner: string;
  readonly before: Date;
}

/** Turns of a session were deleted with it. */
const ofNoSession = (tables: Tables, { owner, before }: Forgotten) => {
  const { sessionId, createdAt } = tables.turns;
  return and(begunBy(tables, owner), isNull(sessionId), lte(createdAt, before));
};

/** The owner's row stays when there is newer data or a newer request to forget. */
async function dropOwner(
  query: Queries,
  tables: Tables,
  { owner, before }: Forgotten,
): Promise<void> {
  const { owners } = tables;
  const forgotten = and(eq(owners.owner, owner), eq(owners.forgetBefore, before));
  const deleted = await query
    .delete(owners)
    .where(and(forgotten, eq(owners.sessions, 0), hasNoAbout(query, tables)))
    .returning({ owner: owners.owner });
  if (deleted.length === 0) await query.update(owners).set({ forgetBefore: null }).where(forgotten);
}

const hasNoAbout = (query: Queries, { owners, aboutRevisions }: Tables) =>
  notExists(
    query
      .select({ id: aboutRevisions.id })
      .from(aboutRevisions)
      .where(eq(aboutRevisions.owner, owners.owner)),
  );

/** Deletes the rows of owners without data. */
const dropEmpty = (db: Db, emptySince: Date): Promise<void> =>
  pruneInRounds(db, async (query, tables) => {
    const { owners } = tables;
    const isEmpty = and(
      eq(owners.sessions, 0),
      lt(owners.seenAt, emptySince),
      hasNoAbout(query, tables),
    );
    const some = query.select({ owner: owners.owner }).from(owners).where(isEmpty).limit(ROUND);
    const deleted = await query
      .delete(owners)
      .where(and(inArray(owners.owner, some), isEmpty))
      .returning({ owner: owners.owner });
    return { more: deleted.length === ROUND };
  });

/** How many of today's visitors are cached, so that their visit is not written again. */
const REMEMBERED = 10_000;

function visits(db: Db): OwnerStore['visited'] {
  const { owners } = db.tables;
  const noted = new Map<string, number>();
  return async (owner, now) => {
    const last = noted.get(owner);
    if (last !== undefined && now.getTime() - last < DAY_MS) return;
    if (noted.size >= REMEMBERED) noted.clear();
    const dayAgo = new Date(now.getTime() - DAY_MS);
    await db.transaction((query) =>
      query
        .update(owners)
        .set({ seenAt: now })
        .where(and(eq(owners.owner, owner), lt(owners.seenAt, dayAgo))),
    );
    noted.set(owner, now.getTime());
  };
}
