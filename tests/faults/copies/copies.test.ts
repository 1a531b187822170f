import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copiedTables } from '@/db/engine/copies/copied-tables';
import { summing } from '@/db/engine/copies/checksum';
import { readRows } from '@/db/engine/copies/read-rows';
import { openDatabase } from '@/db/engine/client';
import { migrate } from '@/db/engine/migrate';
import { openStore } from '@/db/store';
import type { Database } from '@/lib/env/database';
import { bundled } from '../../databases/bundle';
import { ENGINES, POSTGRES, SQLITE, type EmptyDatabase } from '../../databases/engines';
import { chanceOf, faultRounds, faultSeed } from '../chance';

const owner = 'somebody';
const SESSIONS = 15;
const ROUNDS = Math.ceil(faultRounds() / 4);
const seed = faultSeed();
const chance = chanceOf(seed);
const LONG = { timeout: 60_000 + ROUNDS * 20_000 };

let command: Awaited<ReturnType<typeof bundled>>;
let writer: Awaited<ReturnType<typeof bundled>>;
let folder: string;
const places: EmptyDatabase[] = [];

beforeAll(async () => {
  command = await bundled('tests/faults/copies/command-process.ts');
  writer = await bundled('tests/faults/copies/write-process.ts');
  folder = mkdtempSync(path.join(tmpdir(), 'ask-next-copies-'));
});
afterAll(async () => {
  for (const place of places) await place.remove();
  command.remove();
  writer.remove();
  rmSync(folder, { recursive: true });
});

const opened = async (bare: () => Promise<EmptyDatabase>): Promise<EmptyDatabase> => {
  const place = await bare();
  places.push(place);
  return place;
};

/** Some megabytes in sessions of three messages; resolves with the id of the first. */
async function fill({ database }: EmptyDatabase): Promise<string> {
  const store = await openStore(database);
  const ids = Array.from({ length: SESSIONS }, () => randomUUID());
  for (const id of ids) {
    await store.sessions.create({ id, owner, title: null, now: new Date() });
    for (let n = 0; n < 3; n += 1) {
      const message = { role: 'user', content: randomBytes(15_000).toString('hex') } as const;
      await store.messages.append({
        owner,
        sessionId: id,
        id: randomUUID(),
        message,
        now: new Date(),
      });
    }
  }
  await store.close();
  return ids[0]!;
}

/** One text for everything in a database; what a killed process left is finished first, as the server does it. */
async function contentOf(database: Database): Promise<string> {
  await migrate(database);
  const db = await openDatabase(database);
  const sums = await db.read(async (query) => {
    const all: string[] = [];
    for (const each of copiedTables(database.dialect)) {
      const sum = summing();
      for await (const rows of readRows(query, each)) sum.add(rows);
      all.push(`${each.name} ${JSON.stringify(sum.total)}`);
    }
    return all;
  });
  await db.close();
  return sums.join('\n');
}

const start = (place: EmptyDatabase, ...line: string[]): ChildProcess =>
  spawn(process.execPath, [command.file, ...line], {
    env: { ...process.env, DATABASE_URI: place.uri, APP_SECRET: secretOf(place) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });

/** Beside SQLite it is in a file. */
const secretOf = ({ database }: EmptyDatabase) =>
  database.dialect === 'sqlite' ? '' : 'a secret that only these tests use';

async function run(place: EmptyDatabase, ...line: string[]): Promise<number> {
  const startedAt = performance.now();
  const child = start(place, ...line);
  let said = '';
  child.stderr?.on('data', (text) => (said += String(text)));
  const [code] = (await once(child, 'close')) as [number];
  expect({ line, code, said: code === 0 ? '' : said }).toEqual({ line, code: 0, said: '' });
  return performance.now() - startedAt;
}

/** Kills the command at some moment within a time that is a little longer than it takes. */
async function killed(ms: number, place: EmptyDatabase, ...line: string[]): Promise<void> {
  const child = start(place, ...line);
  child.stderr?.resume();
  const ended = once(child, 'close');
  await Promise.race([wait(chance.between(Math.floor(ms / 4), Math.ceil(ms * 1.1))), ended]);
  child.kill('SIGKILL');
  await ended;
}

/** Writes to a session in another process; `stop` kills it, and resolves with the number of stored messages. */
async function writing({ database }: EmptyDatabase, sessionId: string) {
  const child = spawn(
    process.execPath,
    [writer.file, JSON.stringify({ database, owner, sessionId })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let stored = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => (stored = Number(line)));
  await once(lines, 'line');
  return {
    stored: () => stored,
    async stop(): Promise<void> {
      const ended = once(child, 'close');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The numbers of a session's messages. */
async function numbersIn(database: Database, sessionId: string): Promise<number[]> {
  const store = await openStore(database);
  const branch = await store.messages.branch({ owner, sessionId });
  await store.close();
  return branch.map(({ seq }) => seq);
}

describe.each(ENGINES)(`on $name (seed ${String(seed)})`, ({ name, bare }) => {
  const other = name === SQLITE.name ? POSTGRES : SQLITE;

  test(
    'a backup beside a writer is of one moment, and a killed one leaves no file or a whole one',
    LONG,
    async () => {
      const place = await opened(bare);
      const sessionId = await fill(place);
      const writes = await writing(place, sessionId);
      const before = writes.stored();
      const file = (n: number) => path.join(folder, `${name}-${String(n)}.db`);
      const ms = await run(place, 'backup', file(0));
      const after = writes.stored();
      for (let round = 1; round <= ROUNDS; round += 1)
        await killed(ms, place, 'backup', file(round));
      expect(writes.stored()).toBeGreaterThan(after);
      await writes.stop();
      for (let round = 0; round <= ROUNDS; round += 1) {
        if (!existsSync(file(round))) continue;
        const target = await opened(other.bare);
        await run(target, 'restore', file(round));
        const numbers = await numbersIn(target.database, sessionId);
        expect(numbers).toEqual(numbers.map((_, n) => n + 1));
        expect(numbers.length).toBeGreaterThanOrEqual(before);
      }
      expect(existsSync(file(0))).toBe(true);
    },
  );

  test('a killed restore leaves all of the old or all of the new', LONG, async () => {
    const source = await opened(SQLITE.bare);
    await fill(source);
    const secretBeside = (place: EmptyDatabase) =>
      place.database.dialect === 'sqlite'
        ? path.join(path.dirname(place.database.file), 'secret')
        : null;
    writeFileSync(secretBeside(source)!, 'the secret of the backup, that is long enough');
    const backup = path.join(folder, `${name}-source.db`);
    await run(source, 'backup', backup);

    const place = await opened(bare);
    const secret = secretBeside(place);
    const state = async () =>
      `${await contentOf(place.database)} ${secret ? readFileSync(secret, 'utf8') : ''}`;
    const ms = await run(place, 'restore', backup);
    const renewed = await state();
    for (let round = 0; round < ROUNDS; round += 1) {
      const store = await openStore(place.database);
      await store.sessions.create({ id: randomUUID(), owner, title: null, now: new Date() });
      await store.close();
      if (secret) writeFileSync(secret, 'the secret of before, that is long enough');
      const old = await state();
      await killed(ms, place, 'restore', backup, '--replace');
      await unused(place);
      expect([old, renewed]).toContain(await state());
    }
    await run(place, 'restore', backup, '--replace');
    expect(await state()).toBe(renewed);
  });

  test('a killed move leaves the target empty or whole, and can be repeated', LONG, async () => {
    const source = await opened(bare);
    await fill(source);
    const content = await contentOf(source.database);
    const first = await opened(other.bare);
    const ms = await run(source, 'move', '--to', first.uri);
    expect(await contentOf(first.database)).toBe(content);
    const target = await opened(other.bare);
    const nothing = await contentOf(target.database);
    for (let round = 0; round < ROUNDS; round += 1) {
      await killed(ms, source, 'move', '--to', target.uri);
      await unused(target);
      const there = await contentOf(target.database);
      expect([nothing, content]).toContain(there);
      if (there === content) return;
    }
    await run(source, 'move', '--to', target.uri);
    expect(await contentOf(target.database)).toBe(content);
  });
});

/** Postgres notices that a client is gone when it writes to it next, and then rolls back. */
async function unused({ database, uri }: EmptyDatabase): Promise<void> {
  if (database.dialect === 'sqlite') return;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: uri });
  await client.connect();
  const others = async () => {
    const { rowCount } = await client.query(
      'select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return rowCount;
  };
  await expect.poll(others).toBe(0);
  await client.end();
}
