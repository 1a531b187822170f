import { desc, eq, lt, lte, sql } from 'drizzle-orm';
import { AppError } from '@/lib/errors';
import { ABOUT_MAX, type About, type AboutStore } from '@/lib/sessions/about/about';
import { undoChange } from '@/lib/sessions/memory/undo-change';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { inGroups } from '@/db/engine/padded';
import { addToQuota, adjustQuota } from '@/db/quotas/owner-quota';
import { forgetAbout } from '@/db/prompts/texts/prompt-texts';
import { checkExpected } from '@/db/sessions/session-row';
import { aboutRows, addAboutRow, dropAbout, newestOf } from './about-rows';

/** A person's own text: its newest revision is the current one. */
export function aboutStore(db: Db, bounds: Bounds): AboutStore {
  const { tables } = db;
  const write = (
    input: { owner: string; revisionId: string; now: Date },
    next: (query: Queries, before: string | null) => Promise<string | null>,
  ) => db.transaction((query) => writeAbout(query, tables, bounds, { ...input, next }));
  return {
    get: (owner) =>
      db.read(async (query) => {
        const [newest] = await aboutRows(query, tables, owner, 1);
        return { text: newest?.text ?? null, updatedAt: newest?.createdAt ?? null };
      }),
    async writtenAt(owners) {
      const written = new Map<string, Date>();
      for (const some of inGroups(owners))
        for (const { owner, at } of await db.read((query) => newestOf(query, tables, some)))
          if (at) written.set(owner, at);
      return written;
    },
    edit: ({ text, expected, ...input }) =>
      write(input, (_query, before) => {
        checkExpected(expected, before);
        return Promise.resolve(text);
      }),
    undo: ({ undoes, ...input }) =>
      write(input, (query, before) => undone(query, tables, { ...input, undoes }, before)),
    async forgetAll(owner) {
      // First: no turn that begins from now on knows it.
      await db.transaction((query) => dropAbout(query, tables, owner, null));
      await forgetAbout(db, owner);
    },
    revisions: (owner, limit, before) =>
      db.read((query) => {
        const { seq } = tables.aboutRevisions;
        const where = before === undefined ? undefined : lt(seq, before);
        return aboutRows(query, tables, owner, limit, where);
      }),
  };
}

interface Write {
  readonly owner: string;
  readonly revisionId: string;
  readonly now: Date;
  readonly next: (query: Queries, before: string | null) => Promise<string | null>;
}

async function writeAbout(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  { owner, revisionId: id, now, next }: Write,
): Promise<About> {
  // Locks the owner's row, so that writers come one after the other.
  await addToQuota(query, tables, bounds, { owner, now });
  const [newest] = await aboutRows(query, tables, owner, 1);
  const before = newest?.text ?? null;
  const text = await next(query, before);
  if (text === before) return { text, updatedAt: newest?.createdAt ?? null };
  const seq = (newest?.seq ?? 0) + 1;
  const bytes = await addAboutRow(query, tables, { id, owner, seq, text, createdAt: now });
  if (bytes > 0) await addToQuota(query, tables, bounds, { owner, bytes, now });
  else await adjustQuota(query, tables, owner, { bytes });
  return { text, updatedAt: now };
}

async function undone(
  query: Queries,
  tables: Tables,
  { owner, undoes }: { owner: string; undoes: string },
  now: string | null,
): Promise<string | null> {
  const { aboutRevisions } = tables;
  const [place] = await aboutRows(query, tables, owner, 1, eq(aboutRevisions.id, undoes));
  if (!place) throw new AppError({ kind: 'not-found', reason: 'revision' });
  const [revision] = await aboutRows(query, tables, owner, 1, lte(aboutRevisions.seq, place.seq));
  const { before, text: after } = revision ?? place;
  if (before === undefined) throw new AppError({ kind: 'conflict', reason: 'no-longer-kept' });
  const text = undoChange({ before, after }, now);
  if (text === undefined) throw new AppError({ kind: 'conflict', reason: 'not-undoable' });
  if (text !== null && text.length > ABOUT_MAX)
    throw new AppError({ kind: 'conflict', reason: 'memory-full' });
  return text;
}

/** What goes into a prompt. For `prepare`. */
export const newestAbout = (query: Queries, { aboutRevisions }: Tables) =>
  query
    .select({ text: aboutRevisions.text })
    .from(aboutRevisions)
    .where(eq(aboutRevisions.owner, sql.placeholder('owner')))
    .orderBy(desc(aboutRevisions.seq))
    .limit(1);
