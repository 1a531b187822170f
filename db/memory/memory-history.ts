import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import type { KeptRevision, MemoryStore } from '@/lib/sessions/memory/memory';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { ownedSession } from '@/db/sessions/session-row';

/** The history of a memory. */
export function memoryHistory(db: Db): Pick<MemoryStore, 'revisions'> {
  const { tables } = db;
  return {
    revisions: (owner, sessionId, limit, before) =>
      db.read(async (query) => {
        await ownedSession(query, tables, owner, sessionId);
        const { seq } = tables.memoryRevisions;
        const where = before === undefined ? undefined : lt(seq, before);
        const rows = await revisionsBefore(query, tables, { sessionId, limit, where });
        const replies = await repliesOf(query, tables, sessionId, rows);
        return rows.map((row) => ({ ...row, replyId: replies.get(row.turn ?? '') ?? null }));
      }),
  };
}

interface Page {
  readonly sessionId: string;
  readonly limit: number;
  readonly where: SQL | undefined;
}

/** Newest first, each with the text before it. */
export async function revisionsBefore(
  query: Queries,
  { memoryRevisions }: Tables,
  { sessionId, limit, where }: Page,
): Promise<Omit<KeptRevision, 'replyId'>[]> {
  const rows = await query
    .select()
    .from(memoryRevisions)
    .where(and(eq(memoryRevisions.sessionId, sessionId), where))
    .orderBy(desc(memoryRevisions.seq))
    .limit(limit + 1);
  return rows
    .slice(0, limit)
    .map((row, index) => ({ ...row, before: beforeIt(row, rows[index + 1]) }));
}

/** The first revision of a session follows an empty memory; of any other the one before may have been pruned. */
function beforeIt({ seq }: { seq: number }, previous: { text: string | null } | undefined) {
  if (previous) return previous.text;
  return seq === 1 ? null : undefined;
}

/** The replies of turns. Those of an imported session have no turn here, and are found among its messages. */
async function repliesOf(
  query: Queries,
  { messages, turns }: Tables,
  sessionId: string,
  revisions: readonly { turn: string | null }[],
): Promise<Map<string, string>> {
  const turnIds = revisions.flatMap(({ turn }) => (turn === null ? [] : [turn]));
  if (turnIds.length === 0) return new Map();
  const run = await query
    .select({ turn: turns.requestId, id: messages.id })
    .from(turns)
    .innerJoin(messages, eq(messages.id, turns.replyId))
    .where(and(inArray(turns.requestId, turnIds), eq(messages.sessionId, sessionId)));
  const replyByTurn = new Map(run.map(({ turn, id }) => [turn, id]));
  const left = turnIds.filter((turn) => !replyByTurn.has(turn));
  if (left.length === 0) return replyByTurn;
  const imported = await query
    .select({ turn: messages.turn, id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.sessionId, sessionId),
        eq(messages.role, 'assistant'),
        inArray(messages.turn, left),
      ),
    );
  for (const { turn, id } of imported) if (turn !== null) replyByTurn.set(turn, id);
  return replyByTurn;
}
