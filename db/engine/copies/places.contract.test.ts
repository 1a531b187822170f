import {
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '@/lib/env/database';
import { accountForRoot } from '@/tests/databases/account-for-root';
import { contentOf, using } from '@/tests/setup/operator/database-content';
import { fillEveryTable } from '@/tests/setup/operator/every-table';
import { backUp } from './backup';
import { restore } from './restore';

const facts = { secret: 'a secret', madeAt: '2026-01-01T00:00:00Z', version: '1' };
let folder: string;
let source: Database;
const backup = () => path.join(folder, 'backup.db');

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-places-'));
  const database: Database = { dialect: 'sqlite', file: path.join(folder, 'source', 'app.db') };
  await using(database, (db) => fillEveryTable(db, database));
  await backUp(database, backup(), facts);
  source = database;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a database behind a symbolic link is replaced where the link leads, and the link stays', async () => {
  for (const name of ['disk', 'data']) mkdirSync(path.join(folder, name));
  const [file, real] = [path.join(folder, 'data', 'app.db'), path.join(folder, 'disk', 'real.db')];
  symlinkSync(real, file);
  const linked = { dialect: 'sqlite', file } as const;
  // At first there is no file at its end.
  for (const replace of [false, true]) {
    await restore(backup(), linked, replace);
    expect([lstatSync(file).isSymbolicLink(), lstatSync(real).isFile()]).toEqual([true, true]);
    expect((statSync(real).mode & 0o777).toString(8)).toBe('600');
    expect(await contentOf(linked)).toEqual(await contentOf(source));
  }
  expect(readFileSync(path.join(folder, 'data', 'secret'), 'utf8')).toBe(facts.secret);
  const left = (name: string) => readdirSync(path.join(folder, name)).toSorted();
  expect([left('data'), left('disk')]).toEqual([
    ['app.db', 'secret'],
    ['real.db', 'real.db-migrating'],
  ]);
});

/** A disk of memory, which Linux has at this place. Null where it is none, or cannot be written. */
function otherDisk(): string | null {
  try {
    const made = mkdtempSync('/dev/shm/ask-next-places-');
    if (statSync(made).dev !== statSync(tmpdir()).dev) return made;
    rmSync(made, { recursive: true });
  } catch {
    // Another system.
  }
  return null;
}

const disk = otherDisk();
afterAll(() => {
  if (disk !== null) rmSync(disk, { recursive: true });
});

test.skipIf(disk === null)(
  'a secret behind a symbolic link to another disk is replaced there, and the link stays',
  async () => {
    const data = path.join(folder, 'data');
    mkdirSync(data);
    const [link, real] = [path.join(data, 'secret'), path.join(disk ?? '', 'real')];
    symlinkSync(real, link);
    // At first there is no file at its end; then an older one.
    for (const replace of [false, true]) {
      await restore(backup(), { dialect: 'sqlite', file: path.join(data, 'app.db') }, replace);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readFileSync(real, 'utf8')).toBe(facts.secret);
      expect((statSync(real).mode & 0o777).toString(8)).toBe('600');
      expect(readdirSync(disk ?? '')).toEqual(['real']);
      expect(readdirSync(data)).toEqual(['app.db', 'app.db-migrating', 'secret']);
      writeFileSync(real, 'an older secret', { mode: 0o644 });
    }
  },
);

const account = accountForRoot();
test.skipIf(account === null)(
  'what root restores belongs to the account of the folder, or of the database before',
  async () => {
    const data = path.join(folder, 'data');
    mkdirSync(data);
    chownSync(data, account?.uid ?? 0, account?.gid ?? 0);
    const file = path.join(data, 'more', 'app.db');
    const owners = () =>
      [
        path.dirname(file),
        ...readdirSync(path.dirname(file)).map((name) => `${path.dirname(file)}/${name}`),
      ]
        .map((place) => statSync(place).uid)
        .filter((uid) => uid !== account?.uid);
    for (const replace of [false, true]) {
      await restore(backup(), { dialect: 'sqlite', file }, replace);
      expect(owners()).toEqual([]);
    }
    await using({ dialect: 'sqlite', file }, (db) => {
      // Those that SQLite makes beside it, too.
      expect(owners()).toEqual([]);
      return db.transaction((query) => query.delete(db.tables.people));
    });
    expect(owners()).toEqual([]);
  },
);
