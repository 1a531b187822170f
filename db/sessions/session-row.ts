import { and, eq, isNull, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { AppError, sessionNotFound } from '@/lib/errors';
import type { Session } from '@/lib/sessions/session';
import type { Queries, Tables } from '@/db/engine/client';
import { prepare, param } from '@/db/engine/prepare';

/** The condition that a session belongs to this owner and is not deleted. Every query by session uses it. */
export const owned = (
  { sessions }: Tables,
  owner: string | Placeholder,
  id: string | Placeholder,
) => and(eq(sessions.id, id), eq(sessions.owner, owner), isNull(sessions.deletedAt));

/** The only row. Throws `not-found` when there is none. */
export function oneOrNotFound([session]: Session[]): Session {
  if (!session) throw sessionNotFound();
  return session;
}

/** Throws `not-found` for a session that is unknown, deleted or another owner's. */
export async function ownedSession(
  query: Queries,
  tables: Tables,
  owner: string,
  id: string,
): Promise<Session> {
  return oneOrNotFound(
    await query
      .select()
      .from(tables.sessions)
      .where(owned(tables, owner, id)),
  );
}

/** The columns that every change of a session sets. */
export const versionBump = ({ sessions }: Tables, now: Date | SQL) => ({
  version: sql`${sessions.version} + 1`,
  updatedAt: now,
});

const touched = (query: Queries, tables: Tables) =>
  query
    .update(tables.sessions)
    .set(versionBump(tables, param('now', tables.sessions.updatedAt)))
    .where(owned(tables, sql.placeholder('owner'), sql.placeholder('id')))
    .returning();

/**
 * The first statement of a transaction that changes a session. Raises its version, which locks its row until the end.
 * Throws `not-found`, and `conflict` when `version` is given and stale.
 */
export async function lockSession(
  query: Queries,
  tables: Tables,
  {
    owner,
    id,
    version,
    now,
  }: { owner: string; id: string; version?: number | undefined; now: Date },
): Promise<Session> {
  const session = oneOrNotFound(await prepare(query, tables, touched).execute({ owner, id, now }));
  if (version !== undefined && version !== session.version - 1) throw changedElsewhere();
  return session;
}

/** Throws `conflict` when the stored value is not the expected one; `undefined` skips the check. */
export function checkExpected(expected: string | null | undefined, stored: string | null): void {
  if (expected !== undefined && expected !== stored) throw changedElsewhere();
}

const changedElsewhere = (): AppError => new AppError({ kind: 'conflict', reason: 'changed' });
