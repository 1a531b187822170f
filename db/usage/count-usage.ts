import { sql } from 'drizzle-orm';
import type { TurnState } from '@/lib/chat/turn/events';
import { costOf, type Price, type Tokens } from '@/lib/usage/price';
import { dayOf } from '@/lib/usage/days';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare } from '@/db/engine/prepare';
import { countToday } from '@/db/quotas/daily-budget';
import { adding, placeholders } from './sums';

/** A request, and whom it is counted for. */
export interface Used {
  readonly owner: string;
  /** The stored key that it came with. */
  readonly keyId: string | null;
  readonly model: string;
  readonly price: Price | null;
  readonly tokens: Tokens;
  /** Absent for a request that belongs to a turn counted already, such as the merge of a memory. */
  readonly turn?: {
    readonly failed: boolean;
    readonly firstTokenMs: number | null;
    readonly totalMs: number | null;
  };
  readonly now: Date;
}

/** The upstream's own count may be wrong, so it is capped. */
const TOKENS_MAX = 1_000_000_000;
const capped = (tokens: number) => Math.min(Math.max(Math.round(tokens), 0), TOKENS_MAX);

/**
 * Adds a request to the sums of its owner and to the day's, in the transaction that stores its end. Running turns can
 * exceed a limit. The last step of its transaction: it locks the owner's sums and then the day's, see `addToQuota`.
 */
export const countUsage = (query: Queries, tables: Tables, used: Used): Promise<void> =>
  countAll(query, tables, [used]);

/** In one order, and the days last, so that transactions that count several never wait for each other. */
async function countAll(query: Queries, tables: Tables, all: readonly Used[]): Promise<void> {
  const rows = all.map(rowOf).filter(({ isCounted }) => isCounted);
  for (const [, same] of inOrder(rows, keyOf))
    for (const row of same) await prepare(query, tables, added).execute(row);
  const used = rows.filter(({ isUsed }) => isUsed);
  for (const [day, same] of inOrder(used, (row) => row.day)) {
    const sum = (of: (row: Row) => number) => same.reduce((total, row) => total + of(row), 0);
    const tokens = sum(({ input, output }) => input + output);
    await countToday(query, tables, day, { turns: 0, tokens, micros: sum(({ micros }) => micros) });
  }
}

type Row = ReturnType<typeof rowOf>;

function rowOf({ owner, keyId, model, price, turn, now, tokens }: Used) {
  const input = capped(tokens.input);
  const output = capped(tokens.output);
  const cost = costOf({ input, output }, price);
  const isUsed = input + output > 0;
  return {
    day: dayOf(now),
    owner,
    model,
    keyId: keyId ?? '',
    input,
    output,
    micros: cost ?? 0,
    unpriced: Number(cost === null && isUsed),
    ...(turn ? sumsOf(turn) : NO_TURN),
    isUsed,
    isCounted: isUsed || turn !== undefined,
  };
}

const keyOf = ({ owner, day, model, keyId }: Row) => JSON.stringify([owner, day, model, keyId]);

const inOrder = (rows: readonly Row[], by: (row: Row) => string): [string, Row[]][] =>
  [...Map.groupBy(rows, by)].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** A turn that is deleted while it runs. */
export interface DroppedTurn {
  readonly state: TurnState;
  readonly owner: string;
  readonly keyId: string | null;
  readonly model: string;
  readonly reservedInput: number;
  readonly reservedOutput: number;
  readonly inputPrice: number | null;
  readonly outputPrice: number | null;
  readonly createdAt: Date;
}

/** The columns of a dropped turn. */
export const droppedTurn = ({ turns }: Tables) => ({
  state: turns.state,
  owner: turns.owner,
  keyId: turns.keyId,
  model: turns.model,
  reservedInput: turns.reservedInput,
  reservedOutput: turns.reservedOutput,
  inputPrice: turns.inputPrice,
  outputPrice: turns.outputPrice,
  createdAt: turns.createdAt,
});

/**
 * Counts those of deleted turns that ran: as much as was reserved, because their end finds no row any more. Otherwise a
 * budget would be evaded by deleting each session before its reply ends.
 */
export async function countDropped(
  query: Queries,
  tables: Tables,
  dropped: readonly DroppedTurn[],
): Promise<void> {
  const ran = dropped.filter(({ state }) => state === 'running');
  await countAll(query, tables, ran.map(reservedBy));
}

function reservedBy({ owner, keyId, model, createdAt: now, ...turn }: DroppedTurn): Used {
  const { reservedInput: input, reservedOutput: output, inputPrice, outputPrice } = turn;
  const price =
    inputPrice === null || outputPrice === null ? null : { input: inputPrice, output: outputPrice };
  const ended = { failed: false, firstTokenMs: null, totalMs: null };
  return { owner, keyId, model, price, now, tokens: { input, output }, turn: ended };
}

const NO_TURN = { turns: 0, failed: 0, firstMs: 0, firsts: 0, totalMs: 0, totals: 0 };

const sumsOf = ({ failed, firstTokenMs, totalMs }: NonNullable<Used['turn']>) => ({
  turns: 1,
  failed: Number(failed),
  firstMs: firstTokenMs ?? 0,
  firsts: Number(firstTokenMs !== null),
  totalMs: totalMs ?? 0,
  totals: Number(totalMs !== null),
});

const added = (query: Queries, tables: Tables) =>
  query
    .insert(tables.usage)
    .values({
      day: sql.placeholder('day'),
      owner: sql.placeholder('owner'),
      model: sql.placeholder('model'),
      keyId: sql.placeholder('keyId'),
      ...placeholders(),
    })
    .onConflictDoUpdate(adding(tables));
