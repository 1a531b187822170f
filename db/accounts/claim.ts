import { and, count, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { ClaimStore } from '@/lib/accounts/account-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { inRounds } from '@/db/engine/rounds';
import { UNBOUNDED } from '@/db/quotas/bounds';
import { addToQuota, adjustQuota, byteLengthOf } from '@/db/quotas/owner-quota';
import { DELETED_PERMANENTLY } from '@/db/sessions/purge';
import { moveUsage } from '@/db/usage/move-usage';
import { versionBump } from '@/db/sessions/session-row';

/** How many sessions one transaction moves. */
const STEP = 20;

interface Move {
  readonly from: string;
  readonly to: string;
  readonly now: Date;
}

export function claimStore(db: Db): ClaimStore {
  return {
    countOf: (owner) =>
      db.read(async (query) => {
        const [row] = await query
          .select({ sessions: count() })
          .from(db.tables.sessions)
          .where(and(eq(db.tables.sessions.owner, owner), isNull(db.tables.sessions.deletedAt)));
        return row?.sessions ?? 0;
      }),
    async moveAll(from, to, now) {
      const move = { from, to, now };
      await db.transaction(async (query) => {
        await moveAbout(query, db.tables, move);
        // Here too: if a later step fails, nothing offers this move again.
        await moveUsage(query, db.tables, move);
      });
      let moved = 0;
      await inRounds(async () => {
        const some = await db.transaction((query) => moveSome(query, db.tables, move));
        moved += some.moved;
        return { more: some.found > 0 };
      });
      await db.transaction(async (query) => {
        await lockOwners(query, db.tables, move);
        // Again, for what ended while its session had not moved yet.
        await moveUsage(query, db.tables, move);
      });
      return moved;
    },
  };
}

/** Moves each session whole and once, even if another request moves it too. Running turns continue: they end by their own rows. */
async function moveSome(
  query: Queries,
  tables: Tables,
  move: Move,
): Promise<{ found: number; moved: number }> {
  const { sessions, messages } = tables;
  const found = await query
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.owner, move.from), canBeSeen(tables)))
    .orderBy(sessions.id)
    .limit(STEP);
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return { found: 0, moved: 0 };
  // Turns before their session, the same lock order as a turn that ends; and once more for one that began meanwhile.
  await moveTurns(query, tables, move, ids);
  const moved = await query
    .update(sessions)
    .set({ owner: move.to, ...versionBump(tables, move.now) })
    .where(and(inArray(sessions.id, ids), eq(sessions.owner, move.from), canBeSeen(tables)))
    .returning({ id: sessions.id, bytes: sessions.bytes });
  await moveTurns(query, tables, move, ids);
  const ours = moved.map(({ id }) => id);
  if (ours.length === 0) return { found: ids.length, moved: 0 };
  const [total] = await query
    .select({ messages: count() })
    .from(messages)
    .where(inArray(messages.sessionId, ours));
  await moveCounts(query, tables, move, {
    sessions: moved.length,
    messages: total?.messages ?? 0,
    bytes: moved.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  return { found: ids.length, moved: moved.length };
}

const canBeSeen = ({ sessions }: Tables) =>
  or(isNull(sessions.deletedAt), gt(sessions.deletedAt, DELETED_PERMANENTLY));

async function moveTurns(
  query: Queries,
  { turns }: Tables,
  { from, to }: Move,
  ids: string[],
): Promise<void> {
  // A key is unique for its owner; one that both used is given up.
  const isUsed = sql`exists (select 1 from turns used where used.owner = ${to} and used.idempotency_key = turns.idempotency_key)`;
  await query
    .update(turns)
    .set({
      owner: to,
      idempotencyKey: sql`case when ${isUsed} then null else idempotency_key end`,
    })
    .where(and(inArray(turns.sessionId, ids), eq(turns.owner, from)));
}

async function moveCounts(
  query: Queries,
  tables: Tables,
  { from, to, now }: Move,
  { sessions, messages, bytes }: Record<'sessions' | 'messages' | 'bytes', number>,
): Promise<void> {
  await adjustQuota(query, tables, from, {
    sessions: -sessions,
    messages: -messages,
    bytes: -bytes,
  });
  await addToQuota(query, tables, UNBOUNDED, { owner: to, now, sessions, messages, bytes });
}

/** Who writes or deletes what has no session locks its owner's row first, too. */
async function lockOwners(query: Queries, tables: Tables, { from, to, now }: Move): Promise<void> {
  const { owners } = tables;
  await query.update(owners).set({ bytes: owners.bytes }).where(eq(owners.owner, from));
  await addToQuota(query, tables, UNBOUNDED, { owner: to, now });
}

/** What the visitor wrote about themselves, unless the person wrote something. */
async function moveAbout(query: Queries, tables: Tables, move: Move): Promise<void> {
  const { aboutRevisions } = tables;
  await lockOwners(query, tables, move);
  const own = await query
    .select({ id: aboutRevisions.id })
    .from(aboutRevisions)
    .where(eq(aboutRevisions.owner, move.to))
    .limit(1);
  if (own.length > 0) return;
  const moved = await query
    .update(aboutRevisions)
    .set({ owner: move.to })
    .where(eq(aboutRevisions.owner, move.from))
    .returning({ bytes: byteLengthOf(aboutRevisions.text) });
  const bytes = moved.reduce((sum, row) => sum + row.bytes, 0);
  if (bytes > 0) await moveCounts(query, tables, move, { sessions: 0, messages: 0, bytes });
}
