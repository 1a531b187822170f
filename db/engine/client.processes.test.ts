import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { firstMigrationsOnly } from '@/tests/databases/old-version';
import type { Appending } from '@/tests/databases/append-process';
import { bundled } from '@/tests/databases/bundle';
import { ENGINES, type EmptyDatabase } from '@/tests/databases/engines';
import { atLength } from '@/tests/faults/chance';
import { openDatabase } from './client';
import { shippedMigrations } from './migrate';
import { openStore } from '@/db/store';

const owner = 'somebody';
const MANY = { timeout: 60_000 };
const PROCESSES = atLength() ? 8 : 4;

let script: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  script = await bundled('tests/databases/append-process.ts');
});
afterAll(() => {
  script.remove();
});

/** Opens the store in a child process; rejects with its output when it fails. */
const inProcess = (work: Appending, cwd?: string) =>
  promisify(execFile)(process.execPath, [script.file, JSON.stringify(work)], { cwd });

describe.each(ENGINES)('on $name', ({ bare }) => {
  let place: EmptyDatabase;

  beforeEach(async () => {
    place = await bare();
  });
  afterEach(() => place.remove());

  /** The number of migrations after several processes tried to apply them. Rejects when one does not start. */
  const openAtOnce = async ({ database }: EmptyDatabase): Promise<number> => {
    const opening = { database, owner, sessionId: '', messages: 0 };
    await Promise.all(Array.from({ length: PROCESSES }, () => inProcess(opening)));
    const db = await openDatabase(database);
    const applied = await db.appliedMigrations();
    await db.close();
    return applied;
  };

  test('processes that start at once on an empty database all start', MANY, async () => {
    expect(await openAtOnce(place)).toBe(shippedMigrations(place.database.dialect));
  });

  test('processes that start at once on an old database all start', MANY, async () => {
    const { database } = place;
    const old = firstMigrationsOnly();
    await inProcess({ database, owner, sessionId: '', messages: 0 }, old);
    rmSync(old, { recursive: true });
    const db = await openDatabase(database);
    expect(await db.appliedMigrations()).toBe(1);
    await db.close();
    expect(await openAtOnce(place)).toBe(shippedMigrations(database.dialect));
  });

  test('processes that write to one session at once wait for each other', MANY, async () => {
    const { database } = place;
    const store = await openStore(database);
    const sessionId = randomUUID();
    await store.sessions.create({ id: sessionId, owner, title: null, now: new Date() });
    const work = { database, owner, sessionId, messages: 300 };
    await Promise.all([inProcess(work), inProcess(work)]);
    const branch = await store.messages.branch({ owner, sessionId });
    expect(branch.map(({ seq }) => seq)).toEqual(Array.from({ length: 600 }, (_, n) => n + 1));
    await store.close();
  });
});
