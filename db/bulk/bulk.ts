import { setImmediate } from 'node:timers/promises';
import { and, eq, gt, isNull, or, sql, type SQL } from 'drizzle-orm';
import type {
  BulkChange,
  BulkOutcome,
  BulkResult,
  BulkStore,
} from '@/lib/sessions/bulk/bulk-store';
import type { Session } from '@/lib/sessions/session';
import { editTags, TAGS_MAX, writeTags, type TagEdit } from '@/lib/sessions/tags/tags';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { DELETED_PERMANENTLY } from '@/db/sessions/purge';
import { versionBump } from '@/db/sessions/session-row';

/** Sessions of one transaction: others wait for SQLite's writer, or for these rows, no longer than that. */
const STEP = 20;

type Input = Parameters<BulkStore['change']>[0];

export function bulkStore(db: Db): BulkStore {
  return {
    async change(input) {
      const outcomes = new Map<string, BulkOutcome>();
      // All calls lock in one order, so that no two wait for each other.
      const ids = input.ids.toSorted();
      for (let at = 0; at < ids.length; at += STEP) {
        const step = ids.slice(at, at + STEP);
        for (const { id, result } of await db.transaction((query) =>
          changeSome(query, db.tables, { ...input, ids: step }),
        ))
          outcomes.set(id, result);
        await setImmediate();
      }
      return input.ids.map((id) => ({ id, result: outcomes.get(id) ?? 'not-found' }));
    },
  };
}

async function changeSome(query: Queries, tables: Tables, input: Input): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (const id of input.ids)
    results.push({ id, result: await changeOne(query, tables, { ...input, id }) });
  return results;
}

/** The first statement only locks the row; what it returns decides whether a second one changes it. */
async function changeOne(
  query: Queries,
  tables: Tables,
  { owner, id, change, now }: Omit<Input, 'ids'> & { readonly id: string },
): Promise<BulkOutcome> {
  const { sessions } = tables;
  const [before] = await query
    .update(sessions)
    .set({ version: sql`${sessions.version}` })
    .where(and(eq(sessions.id, id), eq(sessions.owner, owner), isWhere(sessions, change)))
    .returning();
  if (!before) return 'not-found';
  const edit = editOf(before, change, now);
  if (typeof edit === 'string') return edit;
  await query
    .update(sessions)
    .set({ ...edit, ...versionBump(tables, now) })
    .where(eq(sessions.id, id));
  return 'done';
}

/** Only what is in the trash can be erased; what is not in it needs no restoring. All else is done outside it. */
function isWhere({ deletedAt }: Tables['sessions'], { action }: BulkChange): SQL | undefined {
  if (action === 'delete-permanently') return gt(deletedAt, DELETED_PERMANENTLY);
  return action === 'restore'
    ? or(isNull(deletedAt), gt(deletedAt, DELETED_PERMANENTLY))
    : isNull(deletedAt);
}

type Edit = Partial<Pick<Session, 'deletedAt' | 'archivedAt' | 'pinnedAt' | 'tags'>>;

const unless = (isSo: unknown, edit: Edit): Edit | 'unchanged' => (isSo ? 'unchanged' : edit);

/** A session that is already in that state keeps its time, its place in the list and its version. */
function editOf(
  before: Session,
  change: BulkChange,
  now: Date,
): Edit | Exclude<BulkOutcome, 'done' | 'not-found'> {
  switch (change.action) {
    case 'delete':
      return { deletedAt: now };
    case 'restore':
      return unless(!before.deletedAt, { deletedAt: null });
    case 'delete-permanently':
      return { deletedAt: DELETED_PERMANENTLY };
    case 'archive':
      return unless(before.archivedAt, { archivedAt: now });
    case 'unarchive':
      return unless(!before.archivedAt, { archivedAt: null });
    case 'pin':
      return unless(before.pinnedAt, { pinnedAt: now });
    case 'unpin':
      return unless(!before.pinnedAt, { pinnedAt: null });
    case 'tag':
      return tagged(before, change);
  }
}

function tagged({ tags: before }: Session, edit: TagEdit) {
  const tags = editTags(before, edit);
  if (writeTags(tags) === writeTags(before)) return 'unchanged';
  // A session that has more already, from an import, can still lose some.
  return tags.length > TAGS_MAX && tags.length > before.length ? 'too-many-tags' : { tags };
}
