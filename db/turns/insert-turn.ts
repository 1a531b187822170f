import { and, eq, sql } from 'drizzle-orm';
import type { BegunTurn, TurnOrder } from '@/lib/chat/turn/turn-store';
import { AppError } from '@/lib/errors';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';
import type { Reservation } from '@/db/quotas/reservation';
import { begunBy } from './turn-owner';

const turnByKey = (query: Queries, tables: Tables) => {
  const { turns } = tables;
  return query
    .select({ requestId: turns.requestId, bodyHash: turns.bodyHash })
    .from(turns)
    .where(
      and(
        begunBy(tables, sql.placeholder('owner')),
        eq(turns.idempotencyKey, sql.placeholder('key')),
      ),
    );
};

const newTurn = (query: Queries, { turns }: Tables) =>
  query
    .insert(turns)
    .values({
      requestId: sql.placeholder('requestId'),
      owner: sql.placeholder('owner'),
      sessionId: sql.placeholder('sessionId'),
      model: sql.placeholder('model'),
      instance: sql.placeholder('instance'),
      state: 'running',
      idempotencyKey: sql.placeholder('key'),
      bodyHash: sql.placeholder('bodyHash'),
      userMessageId: sql.placeholder('userMessageId'),
      replyId: sql.placeholder('replyId'),
      parent: sql.placeholder('parent'),
      headBefore: sql.placeholder('headBefore'),
      keyId: sql.placeholder('keyId'),
      reservedInput: sql.placeholder('reservedInput'),
      reservedOutput: sql.placeholder('reservedOutput'),
      inputPrice: sql.placeholder('inputPrice'),
      outputPrice: sql.placeholder('outputPrice'),
      heartbeat: sql.placeholder('now'),
      createdAt: sql.placeholder('now'),
    })
    .onConflictDoNothing()
    .returning({ requestId: turns.requestId });

type Joined = Extract<BegunTurn, { kind: 'joined' }>;

/** The turn that this owner began with the same key; null when there is none. Throws `key-reused`. */
export async function sameKey(
  query: Queries,
  tables: Tables,
  { owner, idempotency }: Pick<TurnOrder, 'owner' | 'idempotency'>,
): Promise<Joined | null> {
  if (!idempotency) return null;
  const { key } = idempotency;
  const [before] = await prepare(query, tables, turnByKey).execute({ owner, key });
  if (!before) return null;
  if (before.bodyHash !== idempotency.bodyHash) throw new AppError({ kind: 'key-reused' });
  return { kind: 'joined', requestId: before.requestId };
}

const NOWHERE = { userMessageId: null, replyId: null, parent: null, headBefore: null };

interface Places {
  readonly userMessageId: string;
  readonly replyId: string;
  /** The message that it answers, if the request named one. */
  readonly parent?: string | null;
  readonly headBefore?: string | null;
}

/** Returns false when another turn has the same key or request id. `places`: null without a session. */
export async function insertTurn(
  query: Queries,
  tables: Tables,
  turn: TurnOrder & Reservation,
  places: Places | null,
): Promise<boolean> {
  const { requestId, owner, sessionId, model, instance, now, idempotency, keyId, price } = turn;
  const { reservedInput, reservedOutput } = turn;
  const inserted = await prepare(query, tables, newTurn).execute({
    requestId,
    owner,
    sessionId,
    model,
    instance,
    key: idempotency?.key ?? null,
    bodyHash: idempotency?.bodyHash ?? null,
    now,
    keyId: keyId ?? null,
    reservedInput,
    reservedOutput,
    inputPrice: price?.input ?? null,
    outputPrice: price?.output ?? null,
    ...NOWHERE,
    ...places,
  });
  return inserted.length > 0;
}

/** Of two concurrent sends with one key, the second finds the first once that is committed. */
export async function lostRace(
  query: Queries,
  tables: Tables,
  turn: TurnOrder,
): Promise<BegunTurn> {
  const joined = await sameKey(query, tables, turn);
  if (joined) return joined;
  return { kind: 'id-taken' };
}
