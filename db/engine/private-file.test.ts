import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '@/db/store';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-modes-'));
  chmodSync(folder, 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const modes = () =>
  readdirSync(folder)
    .toSorted()
    .map((name) => [name, (statSync(path.join(folder, name)).mode & 0o777).toString(8)]);

const PRIVATE = [
  ['app.db', '600'],
  ['app.db-migrating', '600'],
  ['app.db-shm', '600'],
  ['app.db-wal', '600'],
];

test('the database and the files beside it are readable only by their owner, in any folder', async () => {
  const database = { dialect: 'sqlite', file: path.join(folder, 'app.db') } as const;
  const before = process.umask(0o022);
  try {
    const store = await openStore(database);
    expect(modes()).toEqual(PRIVATE);
    await store.close();
    for (const name of ['app.db', 'app.db-wal', 'app.db-shm', 'app.db-migrating'])
      writeFileSync(path.join(folder, name), '', { flag: 'a', mode: 0o644 });
    for (const name of readdirSync(folder)) chmodSync(path.join(folder, name), 0o644);
    const again = await openStore(database);
    expect(modes()).toEqual(PRIVATE);
    expect(await again.isMigrated()).toBe(true);
    await again.close();
  } finally {
    process.umask(before);
  }
});

test('a folder given as a database is refused and stays unchanged', async () => {
  const taken = path.join(folder, 'taken');
  mkdirSync(taken);
  chmodSync(taken, 0o755);
  await expect(openStore({ dialect: 'sqlite', file: taken })).rejects.toThrow();
  expect((statSync(taken).mode & 0o777).toString(8)).toBe('755');
});
