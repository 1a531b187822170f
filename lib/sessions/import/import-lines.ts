import type { FileSession } from '@/lib/sessions/export/session-file';
import type { Imported, ImportedAbout } from '@/lib/sessions/export/transfer-store';
import type { AboutRevision } from '@/lib/sessions/about/about';
import { openingOf } from '@/lib/sessions/session';
import { shownTitle } from '@/lib/sessions/title';
import {
  aboutLine,
  KINDS,
  skippedLine,
  type ImportKind,
  type ImportLine,
  type ImportReportLine,
} from './import-report';
import { readOwnAbout } from './own-about';
import { readImport, type Read, type ReadDeps } from './read-import';

interface Deps extends Omit<ReadDeps, 'readAbout'> {
  readonly dryRun: boolean;
  /** What to call that which has no title of its own. */
  readonly titles: { readonly untitled: string; readonly about: string };
  /** `pause` for the first reading, in which nothing is stored yet: it may end it. */
  readonly pauseInTime: () => Promise<void>;
  readonly store: (session: FileSession) => Promise<Imported>;
  readonly storeAbout: (revisions: readonly AboutRevision[]) => Promise<ImportedAbout>;
}

/**
 * Imports a file: how many conversations it has, then one line for each as it is done, then the counts. Reads the file
 * twice: nothing is stored of one that cannot be read to its end. Throws `unreadable-file` before the first line.
 */
export async function* importLines(blob: Blob, deps: Deps): AsyncGenerator<ImportReportLine> {
  let total = 0;
  const readAbout = readOwnAbout(deps.titles.about);
  const check = readImport(blob, { ...deps, readAbout, pause: deps.pauseInTime });
  for await (const _ of check) total += 1;
  yield { total, dry_run: deps.dryRun };
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<ImportKind, number>;
  for await (const read of readImport(blob, { ...deps, readAbout })) {
    const line = await importOne(read, deps);
    counts[line.kind] += 1;
    yield line;
  }
  yield { done: counts };
}

type Needs = Pick<Deps, 'store' | 'storeAbout' | 'titles'>;

async function importOne(read: Read, { store, storeAbout, titles }: Needs): Promise<ImportLine> {
  if ('skipped' in read) return skippedLine(read);
  if ('about' in read) return aboutLine(await storeAbout(read.about), titles.about);
  const { session } = read;
  const imported = await store(session);
  const question = session.messages.find(({ role }) => role === 'user');
  const opening = question ? openingOf(question.content) : null;
  return {
    kind: imported.kind,
    ...(imported.kind === 'skipped' && { reason: imported.reason }),
    ...('limit' in imported && { limit: imported.limit }),
    session_id: 'id' in imported ? imported.id : null,
    title: shownTitle({ title: session.title, opening }, titles.untitled),
    source: session.source ?? 'ask-next',
    messages: session.messages.length,
    ...(session.left_out && { left_out: session.left_out }),
    ...(session.pinned_at && { pinned: true }),
    ...(session.archived_at && { archived: true }),
  };
}
