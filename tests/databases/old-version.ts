import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder with only the first migrations, as in the first version of the app. */
export function firstMigrationsOnly(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-old-'));
  cpSync('drizzle', path.join(folder, 'drizzle'), { recursive: true });
  for (const dialect of ['sqlite', 'postgres']) {
    const journal = path.join(folder, 'drizzle', dialect, 'meta/_journal.json');
    const all = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] };
    writeFileSync(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, 1) }));
  }
  return folder;
}
