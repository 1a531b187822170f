/**
 * `npm run bench -- search [messages…]`: how long a search and a page of the list take in stores of these sizes, on both
 * databases. Compare the columns: the time should follow the owner's texts, not all of them.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../db/engine/client.ts';
import { openStore } from '../../db/store.ts';
import { startPostgres } from '../../tests/databases/postgres-server.ts';
import { fill, OWNERS } from './search/fill.mjs';
import { QUERIES } from './search/texts.mjs';

const SIZES = process.argv.slice(2).map(Number);
const ROUNDS = 40;
const sizes = SIZES.length > 0 ? SIZES : [20_000, 200_000, 1_000_000];

const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-search-'));
const postgres = await startPostgres();
try {
  const databases = {
    SQLite: { dialect: 'sqlite', file: path.join(folder, 'app.db') },
    PostgreSQL: { dialect: 'postgres', url: `${postgres.url}/postgres` },
  };
  for (const [name, database] of Object.entries(databases)) await bench(name, database);
} finally {
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
}

async function bench(name, database) {
  const store = await openStore(database);
  const db = await openDatabase(database);
  const bySize = [];
  let from = 0;
  for (const size of sizes) {
    await fill(db, from, size);
    const seconds = await indexAll(store);
    console.log(
      `${name}: ${amount(size)} messages; ${((size - from) / seconds).toFixed(0)} indexed a second; ${await sizeOf(database)}`,
    );
    bySize.push(await measureAll(store));
    from = size;
    print(name, bySize);
  }
  await db.close();
  await store.close();
}

async function indexAll(store) {
  const startedAt = performance.now();
  while (await store.search.indexSome());
  return (performance.now() - startedAt) / 1000;
}

/** Of each kind of work and owner, sorted milliseconds. */
async function measureAll(store) {
  const times = {};
  for (const [who, owner] of Object.entries(OWNERS)) {
    const input = { owner, filter: {}, below: null };
    for (const [kind, queryOf] of Object.entries(QUERIES))
      times[`${who}: ${kind}`] = await timed((n) => store.search.find({ ...input, q: queryOf(n) }));
    times[`${who}: the second page`] = await timed(async (n) => {
      const q = QUERIES['a common word'](n);
      const { next } = await store.search.find({ ...input, q });
      return () => store.search.find({ ...input, q, below: next });
    });
    times[`${who}: of the assistant`] = await timed((n) =>
      store.search.find({
        ...input,
        q: QUERIES['a common word'](n),
        filter: { role: 'assistant' },
      }),
    );
    times[`${who}: 50 sessions`] = await timed(() =>
      store.sessions.list({ owner, limit: 50, after: null }),
    );
  }
  return times;
}

/** A job that returns a function is prepared by it, and only the function is measured. */
async function timed(job) {
  const all = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    let startedAt = performance.now();
    const result = await job(n);
    if (typeof result === 'function') {
      startedAt = performance.now();
      await result();
    }
    all.push(performance.now() - startedAt);
  }
  return all.toSorted((a, b) => a - b);
}

async function sizeOf(database) {
  const megabytes = (bytes) => `${(Number(bytes) / 2 ** 20).toFixed(0)} MB`;
  const db = await openDatabase(database);
  const { sql } = await import('drizzle-orm');
  const one = async (value) =>
    (await db.read((query) => query.select({ value }).from(sql`(select 1) as one`)))[0].value;
  try {
    if (database.dialect === 'sqlite')
      return `the file has ${megabytes(statSync(database.file).size)}, the index in it ${megabytes(
        await one(sql`(select sum(length(block)) from search_index_data)`),
      )}`;
    const total = (table) => one(sql`pg_total_relation_size(${table})`);
    return `messages have ${megabytes(await total('messages'))}, search_index ${megabytes(await total('search_index'))}, search_docs ${megabytes(await total('search_docs'))}`;
  } finally {
    await db.close();
  }
}

function print(name, bySize) {
  const at = (times, share) => times[Math.floor((times.length - 1) * share)];
  const cell = (times) =>
    `${at(times, 0.5).toFixed(1)} / ${at(times, 0.95).toFixed(1)}`.padStart(15);
  console.log('\nms, median / 95th percentile; × compares the last median with the first');
  const heads = sizes.slice(0, bySize.length).map((size) => amount(size).padStart(15));
  console.log(`${name.padEnd(26)}${heads.join('')}          ×`);
  for (const kind of Object.keys(bySize[0])) {
    const [first, last] = [bySize[0][kind], bySize.at(-1)[kind]];
    const ratio = (at(last, 0.5) / at(first, 0.5)).toFixed(1).padStart(11);
    console.log(`${kind.padEnd(26)}${bySize.map((times) => cell(times[kind])).join('')}${ratio}`);
  }
}

function amount(count) {
  return count.toLocaleString('en');
}
