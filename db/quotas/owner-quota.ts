import { eq, sql, type AnyColumn } from 'drizzle-orm';
import { AppError, type QuotaBound } from '@/lib/errors';
import type { StoredReply } from '@/lib/reply/parts';
import type { Bounds } from './bounds';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare, param } from '@/db/engine/prepare';

/** A change of what an owner stores; negative values are deletions. */
export interface Growth {
  readonly sessions?: number;
  readonly messages?: number;
  readonly bytes?: number;
}

const DAY_MS = 86_400_000;
const MEGABYTE = 1_000_000;

/** UTF-8 bytes, as the databases count them. */
export const utf8Bytes = (text: string): number => Buffer.byteLength(text);

/** The UTF-8 bytes of a column, in both dialects, without reading a long text. */
export const byteLengthOf = (text: AnyColumn) =>
  sql<number>`coalesce(octet_length(${text}), 0)`.mapWith(Number);

export const totalBytes = (rows: readonly { bytes: number }[]): number =>
  rows.reduce((total, { bytes }) => total + bytes, 0);

/** The UTF-8 bytes of a message, as `byteLengthOfMessage` counts them. */
export const messageBytes = ({ content, parts }: StoredReply): number =>
  utf8Bytes(content) + (parts ? utf8Bytes(JSON.stringify(parts)) : 0);

export const byteLengthOfMessage = ({ messages }: Tables) =>
  sql<number>`octet_length(${messages.content}) + coalesce(octet_length(cast(${messages.parts} as text)), 0)`.mapWith(
    Number,
  );

/**
 * Counts what an owner is about to store, in the transaction that writes it. Throws `over-quota`, which rolls both
 * back.
 *
 * Lock order, against deadlocks: a turn's row, its session's, messages, the owner's, the day's. From here on
 * transactions of one owner run one after the other, so call this late.
 */
export async function addToQuota(
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

/** Creates the owner's row if needed; a visit is recorded once a day. */
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
        seenAt: sql`case when ${owners.seenAt} < ${param('dayAgo', owners.seenAt)} then excluded.seen_at else ${owners.seenAt} end`,
      },
    })
    .returning({ sessions: owners.sessions, messages: owners.messages, bytes: owners.bytes });

/**
 * Counts what cannot be refused: deletions, and a reply that is already paid for. Does not recreate the row of a
 * forgotten owner.
 */
export async function adjustQuota(
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
      sessions: sql`${owners.sessions} + ${param('sessions', owners.sessions)}`,
      messages: sql`${owners.messages} + ${param('messages', owners.messages)}`,
      bytes: sql`${owners.bytes} + ${param('bytes', owners.bytes)}`,
    })
    .where(eq(owners.owner, sql.placeholder('owner')));
