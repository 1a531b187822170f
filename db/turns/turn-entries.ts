import { and, asc, eq, gte, inArray, lte, max, sql } from 'drizzle-orm';
import { after } from '@/lib/reply/entry';
import { entriesOf } from '@/lib/reply/parts';
import type { ReplyBatch, TurnStore } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { padded } from '@/db/engine/padded';
import { numbered, param, perLength, prepare } from '@/db/engine/prepare';

/** The replies of turns, in batches while they run. */
export function turnEntries(db: Db): Pick<TurnStore, 'appendEntries' | 'entriesFrom'> {
  const { tables } = db;
  const { turnEvents } = tables;

  return {
    appendEntries: (batches) =>
      db.transaction(async (query) => {
        const replaced = batches
          .filter(({ replaces }) => replaces)
          .map(({ requestId }) => requestId);
        if (replaced.length > 0)
          await query.delete(turnEvents).where(inArray(turnEvents.requestId, padded(replaced)));
        for (const rows of inStatements(standing(batches)))
          await prepare(query, tables, newRows(rows.length)).execute(numbered(rows));
        for (const { requestId, prompt } of batches)
          if (prompt) await prepare(query, tables, seenPrompt).execute({ requestId, prompt });
      }),

    entriesFrom: (requestId, position) =>
      db.read(async (query) => {
        const values = { requestId, offset: position };
        // In this order: an end deletes the rows and stores the reply at once, so nothing is missed between the two.
        const rows = await prepare(query, tables, rowsFrom).execute(values);
        const [reply] = await prepare(query, tables, storedReply).execute({ requestId });
        return after(reply ? entriesOf(reply) : rows, position);
      }),
  };
}

/** Once for each turn, with the first of its reply: a killed process leaves that reply, and it is asked for too. */
const seenPrompt = (query: Queries, { turns }: Tables) =>
  query
    .update(turns)
    .set({ prompt: param('prompt', turns.prompt) })
    .where(eq(turns.requestId, sql.placeholder('requestId')));

/** What was appended of a reply, once the reply is stored whole. */
export async function dropEntries(
  query: Queries,
  tables: Tables,
  requestId: string,
): Promise<void> {
  await prepare(query, tables, entriesOfTurn).execute({ requestId });
}

const entriesOfTurn = (query: Queries, { turnEvents }: Tables) =>
  query.delete(turnEvents).where(eq(turnEvents.requestId, sql.placeholder('requestId')));

export const rowsOf = ({ requestId, entries }: ReplyBatch) =>
  entries.map(({ at: offset, kind, text }) => ({ requestId, offset, kind, text }));

/** The rows that remain after later batches have replaced the reply. */
function standing(batches: readonly ReplyBatch[]) {
  const from = new Map<string, number>();
  for (const [at, { requestId, replaces }] of batches.entries())
    if (replaces) from.set(requestId, at);
  return batches.filter(({ requestId }, at) => at >= (from.get(requestId) ?? 0)).flatMap(rowsOf);
}

/** The databases limit the values of a statement, and after an outage there may be thousands of rows. */
const ROWS_MAX = 1024;

function* inStatements<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += ROWS_MAX)
    yield padded(rows.slice(from, from + ROWS_MAX));
}

const newRows = perLength(
  (length) =>
    (query: Queries, { turnEvents }: Tables) =>
      query
        .insert(turnEvents)
        .values(
          Array.from({ length }, (_, n) => ({
            requestId: sql.placeholder(`requestId${n}`),
            offset: sql.placeholder(`offset${n}`),
            kind: sql.placeholder(`kind${n}`),
            text: sql.placeholder(`text${n}`),
          })),
        )
        .onConflictDoNothing(),
);

/** Starts at the batch that contains `offset`, so that polling does not read the whole reply each time. */
const rowsFrom = (query: Queries, { turnEvents }: Tables) => {
  const ofTurn = eq(turnEvents.requestId, sql.placeholder('requestId'));
  const first = query
    .select({ offset: max(turnEvents.offset) })
    .from(turnEvents)
    .where(and(ofTurn, lte(turnEvents.offset, sql.placeholder('offset'))));
  return query
    .select({ at: turnEvents.offset, kind: turnEvents.kind, text: turnEvents.text })
    .from(turnEvents)
    .where(and(ofTurn, gte(turnEvents.offset, sql`coalesce((${first}), 0)`)))
    .orderBy(asc(turnEvents.offset));
};

/** Empty while the turn runs, even for a continuation. */
const storedReply = (query: Queries, { turns, messages }: Tables) =>
  query
    .select({ content: messages.content, parts: messages.parts })
    .from(turns)
    .innerJoin(messages, eq(messages.id, turns.replyId))
    .where(
      and(
        eq(turns.requestId, sql.placeholder('requestId')),
        inArray(turns.state, ['complete', 'stopped', 'interrupted']),
      ),
    );
