import { and, desc, eq, inArray, lte, max, type SQL } from 'drizzle-orm';
import type { KeptAboutRevision } from '@/lib/sessions/about/about';
import { REVISIONS_MAX } from '@/lib/sessions/memory/memory';
import type { Queries, Tables } from '@/db/engine/client';
import { adjustQuota, byteLengthOf, utf8Bytes } from '@/db/quotas/owner-quota';

/** Newest first, each with the text before it. The first one follows an empty text. */
export async function aboutRows(
  query: Queries,
  { aboutRevisions }: Tables,
  owner: string,
  limit: number,
  where?: SQL,
): Promise<KeptAboutRevision[]> {
  const rows = await query
    .select()
    .from(aboutRevisions)
    .where(and(eq(aboutRevisions.owner, owner), where))
    .orderBy(desc(aboutRevisions.seq))
    .limit(limit + 1);
  return rows.slice(0, limit).map((row, index) => {
    const previous = rows[index + 1];
    return { ...row, before: previous ? previous.text : row.seq === 1 ? null : undefined };
  });
}

export const newestOf = (
  query: Queries,
  { aboutRevisions: { owner, createdAt }, aboutRevisions }: Tables,
  owners: readonly string[],
) =>
  query
    .select({ owner, at: max(createdAt) })
    .from(aboutRevisions)
    .where(inArray(owner, owners))
    .groupBy(owner);

interface NewRow {
  readonly id: string;
  readonly owner: string;
  readonly seq: number;
  readonly text: string | null;
  readonly createdAt: Date;
}

/** Adds a revision and prunes the oldest. Returns the change in bytes. */
export async function addAboutRow(query: Queries, tables: Tables, row: NewRow): Promise<number> {
  await query.insert(tables.aboutRevisions).values(row);
  const old = lte(tables.aboutRevisions.seq, row.seq - REVISIONS_MAX);
  return utf8Bytes(row.text ?? '') - (await deleteRows(query, tables, row.owner, old));
}

/** Deletes revisions up to `before`; null: all. */
export async function dropAbout(
  query: Queries,
  tables: Tables,
  owner: string,
  before: Date | null,
): Promise<void> {
  // Writers lock the owner's row first, too.
  const { owners } = tables;
  await query.update(owners).set({ bytes: owners.bytes }).where(eq(owners.owner, owner));
  const old = before ? lte(tables.aboutRevisions.createdAt, before) : undefined;
  const bytes = -(await deleteRows(query, tables, owner, old));
  await adjustQuota(query, tables, owner, { bytes });
}

/** Returns their bytes. */
async function deleteRows(
  query: Queries,
  { aboutRevisions }: Tables,
  owner: string,
  which: SQL | undefined,
): Promise<number> {
  const deleted = await query
    .delete(aboutRevisions)
    .where(and(eq(aboutRevisions.owner, owner), which))
    .returning({ bytes: byteLengthOf(aboutRevisions.text) });
  return deleted.reduce((sum, { bytes }) => sum + bytes, 0);
}
