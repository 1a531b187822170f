import { randomUUID } from 'node:crypto';
import { failureOf } from '@/lib/errors';
import type { TransferStore } from '@/lib/sessions/export/transfer-store';
import { REVISIONS_MAX } from '@/lib/sessions/memory/memory';
import type { AboutRevision } from '@/lib/sessions/about/about';
import { aboutRows, addAboutRow } from '@/db/memory/about-rows';
import type { Bounds } from '@/db/quotas/bounds';
import type { Db, Queries, Tables } from '@/db/engine/client';
import { addToQuota, adjustQuota } from '@/db/quotas/owner-quota';

type Input = Parameters<TransferStore['importAbout']>[0];
type Result = Awaited<ReturnType<TransferStore['importAbout']>>;

/** Stores what the text here lacks of the history in the file, or nothing. */
export async function importAbout(db: Db, bounds: Bounds, input: Input): Promise<Result> {
  const { tables } = db;
  try {
    return await (input.dryRun
      ? db.read(async (query) => (await compared(query, tables, input)).result)
      : db.transaction((query) => write(query, tables, bounds, input)));
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'over-quota') throw thrown;
    return { kind: 'skipped', reason: failure.reason, limit: failure.limit };
  }
}

async function write(
  query: Queries,
  tables: Tables,
  bounds: Bounds,
  input: Input,
): Promise<Result> {
  const { owner, now } = input;
  // Locks the owner's row, as each write of this text does.
  await addToQuota(query, tables, bounds, { owner, now });
  const { result, missing, next } = await compared(query, tables, input);
  let bytes = 0;
  for (const [index, revision] of missing.entries()) {
    const row = { ...revision, id: randomUUID(), owner, seq: next + index };
    bytes += await addAboutRow(query, tables, row);
  }
  if (bytes > 0) await addToQuota(query, tables, bounds, { owner, bytes, now });
  else await adjustQuota(query, tables, owner, { bytes });
  return result;
}

interface Compared {
  readonly result: { readonly kind: 'new' | 'newer' | 'same' | 'conflict' };
  readonly missing: readonly AboutRevision[];
  /** The number of the next revision. */
  readonly next: number;
}

async function compared(
  query: Queries,
  tables: Tables,
  { owner, revisions }: Input,
): Promise<Compared> {
  const here = await aboutRows(query, tables, owner, REVISIONS_MAX);
  const [newest] = here;
  // What came before the oldest of as many as are kept is unknown, so it is not the first.
  const next = newest ? newest.seq + 1 : revisions.length < REVISIONS_MAX ? 1 : 2;
  if (!newest) return { result: { kind: 'new' }, missing: revisions, next };
  const at = revisions.findIndex((one) => isSame(one, newest));
  const last = revisions.at(-1);
  if (at !== -1) {
    const missing = revisions.slice(at + 1);
    return { result: { kind: missing.length > 0 ? 'newer' : 'same' }, missing, next };
  }
  const isOlder = last !== undefined && here.some((one) => isSame(one, last));
  return { result: { kind: isOlder ? 'same' : 'conflict' }, missing: [], next };
}

const isSame = (one: AboutRevision, other: AboutRevision): boolean =>
  one.text === other.text && one.createdAt.getTime() === other.createdAt.getTime();
