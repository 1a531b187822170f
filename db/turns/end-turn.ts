import { and, eq, ne, or, sql } from 'drizzle-orm';
import { finishOf, type EndState, type TurnEnd } from '@/lib/chat/turn/events';
import { estimatedTokens } from '@/lib/chat/turn/spent-tokens';
import type { TurnResult } from '@/lib/chat/turn/turn-store';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { refundTurn } from '@/db/quotas/daily-budget';
import { countUsage, type Used } from '@/db/usage/count-usage';
import { endAgain } from './end-again';
import { messageBytes, byteLengthOfMessage, adjustQuota } from '@/db/quotas/owner-quota';
import { prepare, param } from '@/db/engine/prepare';
import { versionBump } from '@/db/sessions/session-row';
import { after, allTextOf, isBlank, lengthOfAll, textOf, type Entry } from '@/lib/reply/entry';
import { entriesOf, storedReply } from '@/lib/reply/parts';
import type { Message } from '@/lib/sessions/message';
import { continuedFacts, type ReplyFacts } from '@/lib/sessions/reply-facts';
import type { Tokens } from '@/lib/usage/price';
import { removeEmptyTurn } from './remove-empty-turn';
import { dropEntries, rowsOf } from './turn-entries';
import { isRunning } from '@/db/quotas/turns-at-once';

export function endTurn(db: Db, result: TurnResult): Promise<TurnEnd> {
  const { tables } = db;
  return db.transaction(async (query) => {
    const { requestId, state, failure, usage, omitted, firstTokenMs, now } = result;
    const { thoughtMs = null, prompt = null } = result;
    const facts = { usage, omitted, thoughtMs, firstTokenMs, prompt };
    const values = { requestId, state, failure, ...facts, now };
    const [ended] = await prepare(query, tables, endedTurn).execute(values);
    if (!ended) return endAgain(query, tables, result);
    // The upstream was not called: the same key may retry.
    if (failure?.kind === 'unavailable') await freeKey(query, tables, requestId);
    // Before the reply is stored.
    const spent = result.spent ?? (await estimated(query, tables, result, ended));
    const kept = await settlePlaces(query, tables, result, ended);
    await countUsage(query, tables, usedBy(result, ended, spent));
    if (failure?.kind === 'unavailable') await refundTurn(query, tables, ended.createdAt);
    return { state, replyId: kept, usage, failure, omitted, thoughtMs };
  });
}

/**
 * What a turn has spent whose process was killed: its prompt as it was reserved, and the text that was stored. The text
 * of a continuation begins with what earlier turns wrote.
 */
async function estimated(
  query: Queries,
  tables: Tables,
  { entries }: TurnResult,
  { replyId, reservedInput: input }: EndedTurn,
): Promise<Tokens> {
  const { messages } = tables;
  const [earlier] =
    replyId === null
      ? []
      : await query
          .select({ content: messages.content, parts: messages.parts })
          .from(messages)
          .where(and(eq(messages.id, replyId), ne(messages.state, 'running')));
  const own = after(entries, earlier ? lengthOfAll(entriesOf(earlier)) : 0);
  return { input, output: estimatedTokens(allTextOf(own)) };
}

/** What it cost by the price when it began. */
function usedBy(
  { state, failure, firstTokenMs, totalMs = null, now }: TurnResult,
  { owner, keyId, model, inputPrice, outputPrice }: EndedTurn,
  tokens: Tokens,
): Used {
  const price =
    inputPrice === null || outputPrice === null ? null : { input: inputPrice, output: outputPrice };
  const failed = state === 'failed' || (state === 'interrupted' && failure?.kind !== 'cut-short');
  return {
    owner,
    keyId,
    model,
    price,
    tokens: failure?.kind === 'unavailable' ? NOTHING : tokens,
    turn: { failed, firstTokenMs, totalMs },
    now,
  };
}

const NOTHING = { input: 0, output: 0 };

interface Places {
  readonly sessionId: string;
  readonly userMessageId: string;
  readonly replyId: string;
}

type EndedTurn = { readonly [Place in keyof Places]: string | null } & {
  readonly owner: string;
  readonly idempotencyKey: string | null;
  readonly headBefore: string | null;
  readonly model: string;
  readonly keyId: string | null;
  readonly reservedInput: number;
  readonly inputPrice: number | null;
  readonly outputPrice: number | null;
};

/** Returns the id of the reply if it stays in the conversation. */
async function settlePlaces(
  query: Queries,
  tables: Tables,
  result: TurnResult,
  { owner, idempotencyKey, sessionId, userMessageId, replyId, headBefore }: EndedTurn,
): Promise<string | null> {
  if (sessionId === null || userMessageId === null || replyId === null) {
    // Without a key no request can find the reply, and a temporary chat is stored nowhere.
    if (idempotencyKey !== null) await keepForKey(query, tables, result);
    return null;
  }
  const { requestId, now, state, entries } = result;
  await dropEntries(query, tables, requestId);
  const places = { sessionId, userMessageId, replyId };
  const kept = state !== 'failed' && !isBlank(entries) ? state : null;
  const [before] = await prepare(query, tables, replyBefore).execute({ replyId });
  const bytes = before ? (kept ? messageBytes(storedReply(entries)) : 0) - before.bytes : 0;
  // Before the messages: this locks the session, so that no other turn can begin after a message that is being removed.
  await prepare(query, tables, endedIn).execute({ sessionId, now, bytes, ...tokensOf(result) });
  const messages = kept
    ? await keepReply(query, tables, result, { ...places, owner, state: kept, before })
    : await removeEmptyTurn(query, tables, result, { ...places, headBefore });
  await adjustQuota(query, tables, owner, { messages, bytes });
  return kept ? replyId : null;
}

/** What the turn adds to the tokens of its session, and where the context of the model stands after it. */
const tokensOf = ({ usage }: TurnResult) => ({
  tokens: usage?.total_tokens ?? 0,
  contextTokens: usage?.total_tokens ?? null,
});

const replyBefore = (query: Queries, tables: Tables) => {
  const { messages } = tables;
  return query
    .select({
      bytes: byteLengthOfMessage(tables),
      state: messages.state,
      usage: messages.usage,
      firstTokenMs: messages.firstTokenMs,
      totalMs: messages.totalMs,
      thoughtMs: messages.thoughtMs,
      parts: messages.parts,
    })
    .from(messages)
    .where(eq(messages.id, sql.placeholder('replyId')));
};

type Reply = Pick<Message, 'state' | 'thoughtMs' | 'parts'> & ReplyFacts;

interface KeptReply {
  readonly owner: string;
  readonly sessionId: string;
  readonly replyId: string;
  readonly state: Exclude<EndState, 'failed'>;
  /** As it was before this end; `running` unless the turn continued it. */
  readonly before: Reply | undefined;
}

async function keepReply(
  query: Queries,
  tables: Tables,
  { entries, failure, usage, firstTokenMs, totalMs = null, ...result }: TurnResult,
  kept: KeptReply,
): Promise<number> {
  const { state, replyId, before } = kept;
  const own = { usage, firstTokenMs, totalMs };
  const continues = before !== undefined && before.state !== 'running';
  const facts = continues ? continuedFacts(before, own) : own;
  const tokens = result.tokens ?? (continues ? (facts.usage?.completion_tokens ?? null) : null);
  const finish = finishOf(failure);
  const thoughtMs = result.thoughtMs ?? thoughtMsBefore(before, entries);
  const whole = storedReply(entries);
  const values = { replyId, ...whole, ...facts, thoughtMs, state, tokens, finish };
  await prepare(query, tables, wholeReply).execute(values);
  return 0;
}

/** After a kill: what was counted before still holds when the killed turn added no reasoning; else it is unknown. */
function thoughtMsBefore(before: Reply | undefined, entries: readonly Entry[]): number | null {
  const reasoned = textOf(before?.parts ?? [], 'reasoning');
  return before && reasoned === textOf(entries, 'reasoning') ? before.thoughtMs : null;
}

const endedTurn = (query: Queries, tables: Tables) => {
  const { turns } = tables;
  return query
    .update(turns)
    .set({
      state: param('state', turns.state),
      failure: param('failure', turns.failure),
      usage: param('usage', turns.usage),
      omitted: param('omitted', turns.omitted),
      thoughtMs: param('thoughtMs', turns.thoughtMs),
      firstTokenMs: param('firstTokenMs', turns.firstTokenMs),
      prompt: sql`coalesce(${param('prompt', turns.prompt)}, ${turns.prompt})`,
      endedAt: param('now', turns.endedAt),
      heartbeat: param('now', turns.heartbeat),
    })
    .where(and(eq(turns.requestId, sql.placeholder('requestId')), isRunning(tables)))
    .returning({
      owner: turns.owner,
      idempotencyKey: turns.idempotencyKey,
      sessionId: turns.sessionId,
      userMessageId: turns.userMessageId,
      replyId: turns.replyId,
      headBefore: turns.headBefore,
      createdAt: turns.createdAt,
      model: turns.model,
      keyId: turns.keyId,
      reservedInput: turns.reservedInput,
      inputPrice: turns.inputPrice,
      outputPrice: turns.outputPrice,
    });
};

const endedIn = (query: Queries, tables: Tables) => {
  const { sessions } = tables;
  return query
    .update(sessions)
    .set({
      lastActivity: param('now', sessions.lastActivity),
      ...versionBump(tables, param('now', sessions.updatedAt)),
      bytes: sql`${sessions.bytes} + ${param('bytes', sessions.bytes)}`,
      tokens: sql`${sessions.tokens} + ${param('tokens', sessions.tokens)}`,
      contextTokens: sql`coalesce(${param('contextTokens', sessions.contextTokens)}, ${sessions.contextTokens})`,
    })
    .where(eq(sessions.id, sql.placeholder('sessionId')));
};

/** A continuation without output leaves the reply as it was. */
const wholeReply = (query: Queries, { messages }: Tables) =>
  query
    .update(messages)
    .set({
      content: param('content', messages.content),
      parts: param('parts', messages.parts),
      finish: param('finish', messages.finish),
      state: param('state', messages.state),
      tokens: param('tokens', messages.tokens),
      usage: param('usage', messages.usage),
      firstTokenMs: param('firstTokenMs', messages.firstTokenMs),
      totalMs: param('totalMs', messages.totalMs),
      thoughtMs: param('thoughtMs', messages.thoughtMs),
    })
    .where(
      and(
        eq(messages.id, sql.placeholder('replyId')),
        or(
          eq(messages.state, 'running'),
          ne(messages.content, sql.placeholder('content')),
          sql`coalesce(cast(${messages.parts} as text), '') <> coalesce(${param('parts', messages.parts)}, '')`,
        ),
      ),
    );

/**
 * Without a session the text batches are the only copy, for clients that retry with the same key. A turn that ended
 * without output has nothing to return, so the same key may begin another.
 */
async function keepForKey(
  query: Queries,
  tables: Tables,
  { requestId, state, entries }: TurnResult,
): Promise<void> {
  await dropEntries(query, tables, requestId);
  if (!isBlank(entries)) {
    await query.insert(tables.turnEvents).values(rowsOf({ requestId, entries }));
  } else if (state !== 'failed') {
    await freeKey(query, tables, requestId);
  }
}

async function freeKey(query: Queries, { turns }: Tables, requestId: string): Promise<void> {
  await query.update(turns).set({ idempotencyKey: null }).where(eq(turns.requestId, requestId));
}
