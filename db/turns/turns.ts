import { and, eq, inArray, sql } from 'drizzle-orm';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import type { Turn } from '@/lib/chat/turn/turn';
import { beginTurn } from './begin-turn';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { continueTurn } from './continue-turn';
import { endTurn } from './end-turn';
import { failedTurns } from './failed-turns';
import { prepare } from '@/db/engine/prepare';
import { runningTurns } from './running-turns';
import { sameKey } from './insert-turn';
import { pruneTurns } from './prune-turns';
import { turnEntries } from './turn-entries';
import { visibleTo } from './turn-owner';

/** The columns of a turn outside db/. */
const turnColumns = ({ turns }: Tables) => ({
  requestId: turns.requestId,
  owner: turns.owner,
  sessionId: turns.sessionId,
  state: turns.state,
  failure: turns.failure,
  model: turns.model,
  userMessageId: turns.userMessageId,
  replyId: turns.replyId,
  usage: turns.usage,
  instance: turns.instance,
  stopRequested: turns.stopRequested,
  omitted: turns.omitted,
  thoughtMs: turns.thoughtMs,
  createdAt: turns.createdAt,
  endedAt: turns.endedAt,
});

/** Polled several times a second for each watched turn of another instance. */
const ownedTurn = (query: Queries, tables: Tables) => {
  const { turns } = tables;
  return query
    .select(turnColumns(tables))
    .from(turns)
    .where(
      and(
        eq(turns.requestId, sql.placeholder('requestId')),
        visibleTo(tables, sql.placeholder('owner')),
      ),
    );
};

export function turnStore(db: Db, bounds: Bounds): TurnStore {
  return {
    ...runningTurns(db),
    canWrite: () => writeNothing(db),
    ...turnEntries(db),
    ...failedTurns(db),
    begin: (turn) => beginTurn(db, bounds, turn),
    continue: (turn) => continueTurn(db, bounds, turn),
    end: (result) => endTurn(db, result),
    renewLease: (requestId, until) =>
      db.transaction(async (query) => {
        const { turns } = db.tables;
        await query
          .update(turns)
          .set({ watchedUntil: until })
          .where(and(eq(turns.requestId, requestId), eq(turns.state, 'running')));
      }),
    prune: (before) => pruneTurns(db, before),

    endsOf: async (owner, requestIds) => {
      if (requestIds.length === 0) return [];
      const { turns } = db.tables;
      const { requestId, failure, omitted } = turns;
      return db.read((query) =>
        query
          .select({ requestId, failure, omitted })
          .from(turns)
          .where(and(inArray(requestId, [...requestIds]), visibleTo(db.tables, owner))),
      );
    },

    find: (owner, requestId) =>
      db.read(async (query) => {
        const [turn] = await prepare(query, db.tables, ownedTurn).execute({ owner, requestId });
        return (turn satisfies Turn | undefined) ?? null;
      }),

    findByKey: (owner, idempotency) =>
      db.read(async (query) => {
        const joined = await sameKey(query, db.tables, { owner, idempotency });
        return joined?.requestId ?? null;
      }),
  };
}

/** Changes no row, and takes the lock that a change would. */
const writeNothing = (db: Db): Promise<void> =>
  db.transaction(async (query) => {
    await query
      .update(db.tables.turns)
      .set({ stopRequested: true })
      .where(sql`false`);
  });
