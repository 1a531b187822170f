import { eq, sql, type AnyColumn } from 'drizzle-orm';
import { AppError, type QuotaBound } from '@/lib/errors';
import type { Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare, slot } from '@/db/engine/prepare';

/** How much more, or less, an owner keeps. */
export interface Growth {
  readonly sessions?: number;
  readonly messages?: number;
  readonly bytes?: number;
}

const DAY_MS = 86_400_000;
const MEGABYTE = 1_000_000;

/** As the databases count it. */
export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** The same of a column. Both dialects know it, and neither reads a long text for it. */
export const octets = (text: AnyColumn) =>
  sql<number>`coalesce(octet_length(${text}), 0)`.mapWith(Number);

/**
 * Counts what an owner is about to keep, in the transaction that writes it. Throws `over-quota`, which undoes both.
 *
 * Locks, so that no two transactions wait for each other: first a turn's row, then its session's, then messages, then
 * the owner's, last the day's. From here on the transactions of one owner follow one another, so this comes late.
 */
export async function keepMore(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  { owner, now, ...growth }: Growth & { readonly owner: string; readonly now: Date },
): Promise<void> {
  const [kept] = await prepare(query, tables, grown).execute({
    owner,
    sessions: growth.sessions ?? 0,
    messages: growth.messages ?? 0,
    bytes: growth.bytes ?? 0,
    now,
    dayAgo: new Date(now.getTime() - DAY_MS),
  });
  if (!kept) return;
  if (growth.sessions && kept.sessions > bounds.OWNER_MAX_SESSIONS)
    throw overQuota(bounds, 'OWNER_MAX_SESSIONS');
  if (growth.messages && kept.messages > bounds.OWNER_MAX_MESSAGES)
    throw overQuota(bounds, 'OWNER_MAX_MESSAGES');
  if (growth.bytes !== undefined && kept.bytes > bounds.OWNER_MAX_MEGABYTES * MEGABYTE)
    throw overQuota(bounds, 'OWNER_MAX_MEGABYTES');
}

function overQuota(bounds: Bounds, reason: QuotaBound): AppError {
  bounds.refused(reason);
  return new AppError({ kind: 'over-quota', reason, limit: bounds[reason] });
}

/** The row there is from then on; a visit is noted once a day. */
const grown = (query: Queries, { owners }: Tables) =>
  query
    .insert(owners)
    .values({
      owner: sql.placeholder('owner'),
      sessions: sql.placeholder('sessions'),
      messages: sql.placeholder('messages'),
      bytes: sql.placeholder('bytes'),
      seenAt: sql.placeholder('now'),
    })
    .onConflictDoUpdate({
      target: owners.owner,
      set: {
        sessions: sql`${owners.sessions} + excluded.sessions`,
        messages: sql`${owners.messages} + excluded.messages`,
        bytes: sql`${owners.bytes} + excluded.bytes`,
        seenAt: sql`case when ${owners.seenAt} < ${slot('dayAgo', owners.seenAt)} then excluded.seen_at else ${owners.seenAt} end`,
      },
    })
    .returning({ sessions: owners.sessions, messages: owners.messages, bytes: owners.bytes });

/**
 * Counts what cannot be refused: what is gone, and a reply, which was paid for. An owner who is forgotten meanwhile
 * stays so.
 */
export async function settle(
  query: Queries,
  tables: Tables,
  owner: string,
  { sessions = 0, messages = 0, bytes = 0 }: Growth,
): Promise<void> {
  if (sessions === 0 && messages === 0 && bytes === 0) return;
  await prepare(query, tables, settled).execute({ owner, sessions, messages, bytes });
}

const settled = (query: Queries, { owners }: Tables) =>
  query
    .update(owners)
    .set({
      sessions: sql`${owners.sessions} + ${slot('sessions', owners.sessions)}`,
      messages: sql`${owners.messages} + ${slot('messages', owners.messages)}`,
      bytes: sql`${owners.bytes} + ${slot('bytes', owners.bytes)}`,
    })
    .where(eq(owners.owner, sql.placeholder('owner')));
