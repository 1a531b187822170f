import { and, eq, sql } from 'drizzle-orm';
import type { BegunTurn, NewTurn, TurnContext, TurnOrder } from '@/lib/chat/turn-store';
import { openingOf, type Session } from '@/lib/sessions/session';
import type { Db, Queries, Tables } from './client';
import { insertTurn, lostRace, sameKey } from './insert-turn';
import { contextBefore } from './messages';
import { prepare, slot } from './prepare';
import { owned, touchSession } from './session-row';

export function beginTurn(db: Db, turn: NewTurn): Promise<BegunTurn> {
  const { tables } = db;
  return db.transaction(async (query) => {
    const joined = await sameKey(query, tables, turn);
    if (joined) return joined;
    const { owner, sessionId: id, text: question, now } = turn;
    const session = id === null ? null : await touchSession(query, tables, { owner, id, now });
    const { userMessageId, replyId } = turn;
    const places = session && { userMessageId, replyId };
    if (!(await insertTurn(query, tables, turn, places))) return lostRace(query, tables, turn);
    if (!session) return { kind: 'started', context: NO_CONTEXT, question, text: '' };
    const context = await readContext(query, tables, session, turn);
    await insertMessages(query, tables, session, turn);
    await dropRetried(query, tables, turn, session);
    return { kind: 'started', context, question, text: '' };
  });
}

const NO_CONTEXT: TurnContext = { messages: [], memory: null, systemPrompt: null };

/** What was said up to the session's head, with what else goes into a prompt. */
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

/** The reply has its place from the start, so that turns which overlap stay in order, each after its question. */
async function insertMessages(
  query: Queries,
  tables: Tables,
  session: Session,
  { userMessageId, replyId, requestId, text, model, owner, now }: NewTurn,
): Promise<void> {
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
  await prepare(query, tables, newHead).execute({
    owner,
    sessionId: session.id,
    head: replyId,
    lastSeq: session.lastSeq + 2,
    opening: session.opening ?? openingOf(text),
    now,
  });
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
      head: slot('head', sessions.head),
      lastSeq: slot('lastSeq', sessions.lastSeq),
      opening: slot('opening', sessions.opening),
      lastActivity: slot('now', sessions.lastActivity),
    })
    .where(owned(tables, sql.placeholder('owner'), sql.placeholder('sessionId')));
};

async function dropRetried(
  query: Queries,
  { turns }: Tables,
  { retryOf, owner }: NewTurn,
  session: Session,
): Promise<void> {
  if (retryOf === null) return;
  await query
    .update(turns)
    .set({ failedText: null })
    .where(
      and(
        eq(turns.requestId, retryOf),
        eq(turns.owner, owner),
        eq(turns.sessionId, session.id),
        eq(turns.state, 'failed'),
      ),
    );
}
