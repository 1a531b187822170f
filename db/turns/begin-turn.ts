import { and, eq, sql } from 'drizzle-orm';
import type { BegunTurn, NewTurn, TurnContext, TurnOrder } from '@/lib/chat/turn/turn-store';
import { messageNotFound } from '@/lib/errors';
import { openingOf, type Session } from '@/lib/sessions/session';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { checkOwnBudgets, checkSharedBudget } from '@/db/quotas/budgets';
import { countTurnToday } from '@/db/quotas/daily-budget';
import { newestAbout } from '@/db/memory/about';
import { insertTurn, lostRace, sameKey } from './insert-turn';
import { keepTexts } from '@/db/prompts/texts/prompt-texts';
import { contextBefore } from '@/db/messages/messages';
import { utf8Bytes, addToQuota, byteLengthOf, type Growth } from '@/db/quotas/owner-quota';
import { prepare, param } from '@/db/engine/prepare';
import { owned, lockSession } from '@/db/sessions/session-row';
import { openingOn } from '@/db/messages/tree';
import { reservationOf } from '@/db/quotas/reservation';
import { checkPlace, checkTurns } from '@/db/quotas/turns-at-once';
import { visibleTo } from './turn-owner';
import { placeOf, ROOT, type TurnPlace } from './turn-place';

export function beginTurn(db: Db, bounds: Bounds, turn: NewTurn): Promise<BegunTurn> {
  const { tables } = db;
  return db.transaction(async (query) => {
    const joined = await sameKey(query, tables, turn);
    if (joined) return joined;
    checkPlace(bounds, turn);
    const { owner, sessionId: id, now } = turn;
    if (id === null) return beginAlone(query, tables, bounds, turn);
    const session = await lockSession(query, tables, { owner, id, now });
    const place = await placeOf(query, tables, session, turn);
    const { question, parent, userMessageId, named, again } = place;
    const places = {
      userMessageId,
      replyId: turn.replyId,
      parent: named && !again ? (parent ?? ROOT) : null,
      headBefore: session.head,
    };
    const context = await readContext(query, tables, { ...session, head: parent }, turn);
    const reserved = { ...turn, ...reservationOf(turn, context, [question]) };
    if (!(await insertTurn(query, tables, reserved, places))) return lostRace(query, tables, turn);
    const { texts, bytes } = await keepTexts(query, tables, id, context);
    const growth = await insertMessages(query, tables, session, turn, { ...place, bytes });
    await countTurn(query, tables, bounds, turn, growth);
    const reply = session.lastSeq + (place.again ? 1 : 2);
    const stored = { texts, question: place.seq, reply };
    return { kind: 'started', context, question, reply: [], thoughtMs: null, places: stored };
  });
}

/** A turn without a session. */
async function beginAlone(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  turn: NewTurn,
): Promise<BegunTurn> {
  // What to regenerate would be in a session.
  if ('regenerates' in turn) throw messageNotFound();
  const { text: question, history = [], contextMessages } = turn;
  const said = history.filter(({ content }) => content.trim() !== '');
  const last = contextMessages === 0 ? [] : said.slice(-contextMessages);
  const messages = last.map((message, at) => ({ ...message, seq: at + 1 }));
  const context = { ...NO_CONTEXT, messages };
  const reserved = { ...turn, ...reservationOf(turn, context, [question]) };
  if (!(await insertTurn(query, tables, reserved, null))) return lostRace(query, tables, turn);
  await countTurn(query, tables, bounds, turn, {});
  return { kind: 'started', context, question, reply: [], thoughtMs: null, places: null };
}

/** Throws when this turn would exceed a limit. The last step of beginning a turn, see `addToQuota`. */
export async function countTurn(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  turn: TurnOrder,
  growth: Growth,
): Promise<void> {
  const { owner, now } = turn;
  await addToQuota(query, tables, bounds, { ...growth, owner, now });
  await checkTurns(query, tables, bounds, owner);
  await checkOwnBudgets(query, tables, bounds, turn);
  await countTurnToday(query, tables, bounds, now);
  await checkSharedBudget(query, tables, bounds, turn);
}

const NO_SETTINGS = { systemPrompt: null, temperature: null, maxTokens: null };
const NO_CONTEXT: TurnContext = { messages: [], memory: null, ...NO_SETTINGS };

/** The prompt's context: messages up to the session's head, what the owner wrote about themselves, memory and system prompt. */
export async function readContext(
  query: Queries,
  tables: Tables,
  session: Session,
  { contextMessages: limit, contextChars: chars }: TurnOrder,
): Promise<TurnContext> {
  const { owner, head, systemPrompt, temperature, maxTokens } = session;
  const branch =
    head === null || limit === 0
      ? []
      : await prepare(query, tables, contextBefore).execute({ head, limit, chars: chars + 1 });
  const messages = branch.filter(({ content }) => content.trim() !== '');
  const [me] = await prepare(query, tables, newestAbout).execute({ owner });
  const memory = session.memoryEnabled ? session.memory : null;
  const settings = { systemPrompt, temperature, maxTokens };
  return { messages, about: me?.text ?? null, memory, ...settings };
}

/**
 * The reply gets its place at the start, so that overlapping turns stay in order, each reply after its question.
 * `bytes`: what the turn stores besides.
 */
async function insertMessages(
  query: Queries,
  tables: Tables,
  session: Session,
  turn: NewTurn,
  { question: text, userMessageId, parent, again, named, ...kept }: TurnPlace & { bytes: number },
): Promise<Growth> {
  const { replyId, requestId, model, owner, now } = turn;
  const added = again ? 1 : 2;
  const lastSeq = session.lastSeq + added;
  await prepare(query, tables, again ? newReply : newExchange).execute({
    sessionId: session.id,
    turn: requestId,
    now,
    userMessageId,
    replyId,
    model,
    answered: lastSeq,
    ...(!again && { text, parent, questionSeq: session.lastSeq + 1 }),
  });
  const own = again ? 0 : utf8Bytes(text);
  const bytes = own + kept.bytes - (await dropRetried(query, tables, turn, session));
  const opening = named
    ? await openingOn(query, tables, session.id, userMessageId)
    : (session.opening ?? openingOf(text));
  await prepare(query, tables, newHead).execute({
    owner,
    sessionId: session.id,
    head: replyId,
    lastSeq,
    opening,
    bytes,
    now,
  });
  return { messages: added, bytes };
}

const common = {
  sessionId: sql.placeholder('sessionId'),
  turn: sql.placeholder('turn'),
  createdAt: sql.placeholder('now'),
};

const replyRow = {
  ...common,
  id: sql.placeholder('replyId'),
  seq: sql.placeholder('answered'),
  parent: sql.placeholder('userMessageId'),
  role: 'assistant' as const,
  content: '',
  state: 'running' as const,
  model: sql.placeholder('model'),
};

const newReply = (query: Queries, { messages }: Tables) => query.insert(messages).values(replyRow);

const newExchange = (query: Queries, { messages }: Tables) =>
  query.insert(messages).values([
    {
      ...common,
      id: sql.placeholder('userMessageId'),
      seq: sql.placeholder('questionSeq'),
      parent: sql.placeholder('parent'),
      role: 'user',
      content: sql.placeholder('text'),
    },
    replyRow,
  ]);

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
      archivedAt: null,
    })
    .where(owned(tables, sql.placeholder('owner'), sql.placeholder('sessionId')));
};

/** Deletes the user text of the failed turn that this one retries. Returns the freed bytes. */
async function dropRetried(
  query: Queries,
  tables: Tables,
  { owner, ...turn }: NewTurn,
  session: Session,
): Promise<number> {
  if (!('retryOf' in turn) || turn.retryOf === null) return 0;
  const { turns } = tables;
  const retried = and(
    eq(turns.requestId, turn.retryOf),
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
