import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

/** A folder with only the first migrations, as in the first version of the app. */
export const firstMigrationsOnly = (): string =>
  olderMigrations(({ entries }) => entries.slice(0, 1));

/** A folder with the migrations before the one of this name. */
export const migrationsBefore = (name: string): string =>
  olderMigrations(({ entries }) =>
    entries.slice(
      0,
      entries.findIndex(({ tag }) => tag.endsWith(name)),
    ),
  );

function olderMigrations(kept: (journal: Journal) => Journal['entries']): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-old-'));
  cpSync('drizzle', path.join(folder, 'drizzle'), { recursive: true });
  for (const dialect of ['sqlite', 'postgres']) {
    const journal = path.join(folder, 'drizzle', dialect, 'meta/_journal.json');
    const all = JSON.parse(readFileSync(journal, 'utf8')) as Journal;
    writeFileSync(journal, JSON.stringify({ ...all, entries: kept(all) }));
  }
  return folder;
}
