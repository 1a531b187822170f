import { and, eq } from 'drizzle-orm';
import type { NewTurn } from '@/lib/chat/turn/turn-store';
import { AppError, messageNotFound } from '@/lib/errors';
import type { Message } from '@/lib/sessions/message';
import type { Session } from '@/lib/sessions/session';
import type { Queries, Tables } from '@/db/engine/client';
import { visibleTo } from './turn-owner';

/** Where a new turn stands in the tree of its session. */
export interface TurnPlace {
  readonly question: string;
  readonly userMessageId: string;
  /** The message that the question answers; null: it begins the conversation. */
  readonly parent: string | null;
  /** Of the question; the next free one where it is new. */
  readonly seq: number;
  /** The question is stored already. */
  readonly again: boolean;
  /** The place was named, so it may be anywhere in the tree. */
  readonly named: boolean;
}

/** `parent` of a turn's row where the turn was sent to start the conversation over. */
export const ROOT = '';

/** Throws `not-found` for a message that the session does not have, and `conflict` for what cannot be userMessage again. */
export async function placeOf(
  query: Queries,
  tables: Tables,
  session: Session,
  turn: NewTurn,
): Promise<TurnPlace> {
  if ('regenerates' in turn) return questionOf(query, tables, session, turn.regenerates);
  const { text: question, userMessageId, parent } = turn;
  const seq = session.lastSeq + 1;
  if (parent === undefined) {
    const before = await retriedPlace(query, tables, session, turn);
    const here = { named: false, parent: session.head, ...before };
    return { question, userMessageId, seq, again: false, ...here };
  }
  if (parent !== null && !(await messageIn(query, tables, session, parent)))
    throw messageNotFound();
  return { question, userMessageId, seq, again: false, named: true, parent };
}

/** A failed turn that was sent to a place is retried there, unless that is gone. */
async function retriedPlace(
  query: Queries,
  tables: Tables,
  session: Session,
  { owner, ...turn }: NewTurn,
): Promise<Pick<TurnPlace, 'parent' | 'named'> | null> {
  if (!('retryOf' in turn) || turn.retryOf === null) return null;
  const { turns } = tables;
  const [failed] = await query
    .select({ parent: turns.parent })
    .from(turns)
    .where(
      and(
        eq(turns.requestId, turn.retryOf),
        visibleTo(tables, owner),
        eq(turns.sessionId, session.id),
      ),
    );
  const parent = failed?.parent ?? null;
  if (parent === null) return null;
  if (parent === ROOT) return { parent: null, named: true };
  return (await messageIn(query, tables, session, parent)) ? { parent, named: true } : null;
}

async function questionOf(
  query: Queries,
  tables: Tables,
  session: Session,
  id: string,
): Promise<TurnPlace> {
  const named = await messageIn(query, tables, session, id);
  if (!named) throw messageNotFound();
  const userMessage =
    named.role === 'user' || named.parent === null
      ? named
      : await messageIn(query, tables, session, named.parent);
  if (userMessage?.role !== 'user')
    throw new AppError({ kind: 'conflict', reason: 'not-regenerable' });
  const { id: userMessageId, seq, content: question, parent } = userMessage;
  return { question, userMessageId, seq, parent, again: true, named: true };
}

async function messageIn(
  query: Queries,
  { messages }: Tables,
  session: Session,
  id: string,
): Promise<Pick<Message, 'id' | 'seq' | 'role' | 'parent' | 'content'> | undefined> {
  const [message] = await query
    .select({
      id: messages.id,
      seq: messages.seq,
      role: messages.role,
      parent: messages.parent,
      content: messages.content,
    })
    .from(messages)
    .where(and(eq(messages.id, id), eq(messages.sessionId, session.id)));
  return message;
}
