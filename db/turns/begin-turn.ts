import { and, eq, sql } from 'drizzle-orm';
import type { BegunTurn, NewTurn, TurnContext, TurnOrder } from '@/lib/chat/turn/turn-store';
import { openingOf, type Session } from '@/lib/sessions/session';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { countTurnToday } from '@/db/quotas/daily-budget';
import { insertTurn, lostRace, sameKey } from './insert-turn';
import { indexMessages } from '@/db/search/write-index';
import { contextBefore } from '@/db/sessions/messages';
import { utf8Bytes, addToQuota, byteLengthOf, type Growth } from '@/db/quotas/owner-quota';
import { prepare, param } from '@/db/engine/prepare';
import { owned, lockSession } from '@/db/sessions/session-row';
import { checkPlace, checkTurns } from '@/db/quotas/turns-at-once';
import { visibleTo } from './turn-owner';

export function beginTurn(db: Db, bounds: Bounds, turn: NewTurn): Promise<BegunTurn> {
  const { tables } = db;
  return db.transaction(async (query) => {
    const joined = await sameKey(query, tables, turn);
    if (joined) return joined;
    checkPlace(bounds, turn);
    const { owner, sessionId: id, text: question, now } = turn;
    const session = id === null ? null : await lockSession(query, tables, { owner, id, now });
    const { userMessageId, replyId } = turn;
    const places = session && { userMessageId, replyId };
    if (!(await insertTurn(query, tables, turn, places))) return lostRace(query, tables, turn);
    const context = session ? await readContext(query, tables, session, turn) : NO_CONTEXT;
    const growth = session ? await insertMessages(query, tables, session, turn) : {};
    await countTurn(query, tables, bounds, turn, growth);
    return { kind: 'started', context, question, reply: [] };
  });
}

/** Throws when this turn would exceed a limit. The last step of beginning a turn, see `addToQuota`. */
export async function countTurn(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  { owner, now }: TurnOrder,
  growth: Growth,
): Promise<void> {
  await addToQuota(query, tables, bounds, { ...growth, owner, now });
  await checkTurns(query, tables, bounds, owner);
  await countTurnToday(query, tables, bounds, now);
}

const NO_CONTEXT: TurnContext = { messages: [], memory: null, systemPrompt: null };

/** The prompt's context: messages up to the session's head, memory and system prompt. */
export async function readContext(
  query: Queries,
  tables: Tables,
  session: Session,
  { contextMessages: limit, contextChars: chars }: TurnOrder,
): Promise<TurnContext> {
  const { head, memory, memoryEnabled, systemPrompt } = session;
  const branch =
    head === null || limit === 0
      ? []
      : await prepare(query, tables, contextBefore).execute({ head, limit, chars: chars + 1 });
  const messages = branch.filter(({ content }) => content.trim() !== '');
  return { messages, memory: memoryEnabled ? memory : null, systemPrompt };
}

/** The reply gets its place at the start, so that overlapping turns stay in order, each reply after its question. */
async function insertMessages(
  query: Queries,
  tables: Tables,
  session: Session,
  turn: NewTurn,
): Promise<Growth> {
  const { userMessageId, replyId, requestId, text, model, owner, now } = turn;
  await prepare(query, tables, newExchange).execute({
    sessionId: session.id,
    turn: requestId,
    now,
    userMessageId,
    replyId,
    text,
    model,
    parent: session.head,
    asked: session.lastSeq + 1,
    answered: session.lastSeq + 2,
  });
  await indexMessages(query, tables, [userMessageId]);
  const bytes = utf8Bytes(text) - (await dropRetried(query, tables, turn, session));
  await prepare(query, tables, newHead).execute({
    owner,
    sessionId: session.id,
    head: replyId,
    lastSeq: session.lastSeq + 2,
    opening: session.opening ?? openingOf(text),
    bytes,
    now,
  });
  return { messages: 2, bytes };
}

const newExchange = (query: Queries, { messages }: Tables) => {
  const common = {
    sessionId: sql.placeholder('sessionId'),
    turn: sql.placeholder('turn'),
    createdAt: sql.placeholder('now'),
  };
  return query.insert(messages).values([
    {
      ...common,
      id: sql.placeholder('userMessageId'),
      seq: sql.placeholder('asked'),
      parent: sql.placeholder('parent'),
      role: 'user',
      content: sql.placeholder('text'),
    },
    {
      ...common,
      id: sql.placeholder('replyId'),
      seq: sql.placeholder('answered'),
      parent: sql.placeholder('userMessageId'),
      role: 'assistant',
      content: '',
      state: 'running',
      model: sql.placeholder('model'),
    },
  ]);
};

const newHead = (query: Queries, tables: Tables) => {
  const { sessions } = tables;
  return query
    .update(sessions)
    .set({
      head: param('head', sessions.head),
      lastSeq: param('lastSeq', sessions.lastSeq),
      opening: param('opening', sessions.opening),
      bytes: sql`${sessions.bytes} + ${param('bytes', sessions.bytes)}`,
      lastActivity: param('now', sessions.lastActivity),
    })
    .where(owned(tables, sql.placeholder('owner'), sql.placeholder('sessionId')));
};

/** Deletes the user text of the failed turn that this one retries. Returns the freed bytes. */
async function dropRetried(
  query: Queries,
  tables: Tables,
  { retryOf, owner }: NewTurn,
  session: Session,
): Promise<number> {
  if (retryOf === null) return 0;
  const { turns } = tables;
  const retried = and(
    eq(turns.requestId, retryOf),
    visibleTo(tables, owner),
    eq(turns.sessionId, session.id),
    eq(turns.state, 'failed'),
  );
  const [words] = await query
    .select({ bytes: byteLengthOf(turns.failedText) })
    .from(turns)
    .where(retried);
  await query.update(turns).set({ failedText: null }).where(retried);
  return words?.bytes ?? 0;
}
