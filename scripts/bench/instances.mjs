/**
 * `npm run bench -- instances [streams]`: ten instances on one Postgres behind PgBouncer in transaction mode, and all
 * their streams at once, in two rounds. Each must end whole. Prints how long `/health` takes meanwhile, the share of
 * heap-only updates, and what the tables hold after each round.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request as ask } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startPgBouncer, PGBOUNCER } from '../../tests/databases/pgbouncer.ts';
import { startPostgres } from '../../tests/databases/postgres-server.ts';
import { SERVER_ARGS } from '../steps/server.mjs';
import { RAISED_LIMITS } from './raised-limits.mjs';
import { agesIn } from './time-word.mjs';

const INSTANCES = 10;
const STREAMS = Number(process.argv[2] ?? 2000);
const TOKENS = 40;
const EVERY_MS = 1500;
const ROUNDS = 2;
const POOLED = 20;
/** Streams that are opened at the same time. */
const OPENED_AT_ONCE = 20;
const HEALTH_EVERY_MS = 100;
const TICK_MS = 10;
const KEY = 'a-key-for-the-bench-only';
const TARGETS = { healthMs: 200, heapOnly: 90 };

if (PGBOUNCER === null || process.platform !== 'linux') {
  console.error('This bench needs PgBouncer (apt install pgbouncer), and Linux for its /proc.');
  process.exit(1);
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
const authorization = { authorization: `Bearer ${KEY}` };
const children = [];
const postgres = await startPostgres();
const pooler = await startPgBouncer(postgres.url, POOLED);
const db = new pg.Client(`${postgres.url}/postgres`);
await db.connect();
const failures = [];
try {
  const upstream = await start([
    'scripts/bench/upstream.mjs',
    ...[TOKENS, TOKENS, EVERY_MS].map(String),
  ]);
  const apps = [];
  for (let n = 0; n < INSTANCES; n += 1) apps.push(await startApp(upstream.url));
  console.log(
    `${INSTANCES} instances, PgBouncer with ${POOLED} connections; ${STREAMS} streams of ${TOKENS} tokens, one every ${EVERY_MS} ms; the upstream, the clients and Postgres (fsync off) share the machine.`,
  );
  for (let n = 1; n <= ROUNDS; n += 1) await round(n, apps);
} finally {
  for (const child of children) child.kill('SIGKILL');
  await db.end();
  await pooler.stop();
  await postgres.remove();
}
process.exitCode = failures.length > 0 ? 1 : 0;
for (const failure of failures) console.log(`NOT MET  ${failure}`);

async function round(n, apps) {
  await db.query('select pg_stat_reset()');
  const before = await commits();
  const endedBefore = await endedTurns();
  const cpu = cpuOf(apps);
  const startedAt = performance.now();
  const health = apps.map(watchHealth);
  const { opened, ended } = await openAll(apps);
  const openedMs = performance.now() - startedAt;
  const allOpenCpu = cpuOf(apps);
  const results = await Promise.all(ended);
  const seconds = (performance.now() - startedAt) / 1000;
  const times = (await Promise.all(health.map((each) => each.stop()))).flat();
  const delays = results.flatMap(({ ages }) => ages);
  const broken = results.filter(({ whole }) => !whole);
  const done = (await commits()) - before;
  // The statistics of a session arrive when it is idle.
  await wait(2000);
  const tables = await tableRows();
  const turns = tables.find(({ relname }) => relname === 'turns');
  // An end is never heap-only: its turn leaves the index of running ones.
  const heapOnly = (100 * turns.hot) / (turns.updated - ((await endedTurns()) - endedBefore));

  console.log(
    `\nround ${n}: ${opened} streams open after ${(openedMs / 1000).toFixed(1)} s, ${seconds.toFixed(1)} s in all, ${broken.length} not whole`,
  );
  console.log(
    `  /health p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms, longest ${at(times, 1)} ms, of ${times.length}; a token after p50 ${at(delays, 0.5)} ms, p99 ${at(delays, 0.99)} ms`,
  );
  console.log(
    `  ${(done / seconds).toFixed(0)} transactions a second; CPU of the instances ${((cpuOf(apps) - cpu) / 1000).toFixed(1)} s (${((allOpenCpu - cpu) / 1000).toFixed(1)} s of it while opening)`,
  );
  console.log(
    `  ${(turns.updated / opened).toFixed(1)} updates of turns a stream, ${((turns.updated - turns.hot) / opened).toFixed(1)} of them not heap-only: its end is one; of the others ${heapOnly.toFixed(1)} % are`,
  );
  console.log('  table                     rows      dead   inserts   updates  heap-only     size');
  for (const each of tables) console.log(line(each));
  if (broken.length > 0) failures.push(`round ${n}: ${JSON.stringify(broken.slice(0, 3))}`);
  if (heapOnly < TARGETS.heapOnly)
    failures.push(
      `round ${n}: ${heapOnly.toFixed(1)} % of the updates of running turns are heap-only, of ${TARGETS.heapOnly} %`,
    );
  if (Number(at(times, 0.99)) > TARGETS.healthMs)
    failures.push(
      `round ${n}: /health p99 is ${at(times, 0.99)} ms, at most ${TARGETS.healthMs} ms`,
    );
}

function line({ relname, live, dead, inserted, updated, hot, size }) {
  const share = updated > 0 ? `${((100 * hot) / updated).toFixed(1)} %` : '';
  const columns = [live, dead, inserted, updated].map((value) => String(value).padStart(9));
  return `  ${relname.padEnd(20)}${columns.join(' ')} ${share.padStart(10)} ${`${(size / 1024).toFixed(0)} kB`.padStart(10)}`;
}

async function tableRows() {
  const { rows } = await db.query(
    `select relname, n_live_tup::int live, n_dead_tup::int dead, n_tup_ins::int inserted, n_tup_upd::int updated,
       n_tup_hot_upd::int hot, pg_total_relation_size(relid)::int size
     from pg_stat_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0 order by size desc`,
  );
  return rows;
}

async function endedTurns() {
  const { rows } = await db.query(
    'select count(*)::int as ended from turns where ended_at is not null',
  );
  return rows[0].ended;
}

async function commits() {
  const { rows } = await db.query(
    `select xact_commit::int done from pg_stat_database where datname = 'postgres'`,
  );
  return rows[0].done;
}

/** Opens all streams, spread over the instances; `ended` has one promise for each. */
async function openAll(apps) {
  const ended = [];
  let next = 0;
  const open = async () => {
    while (next < STREAMS) {
      const { url } = apps[next % apps.length];
      next += 1;
      const { id } = await post(`${url}/api/sessions`, {});
      const stream = readStream(`${url}/api/chat/stream`, { message: 'Hello', session_id: id });
      await stream.begun;
      ended.push(stream.ended);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open));
  return { opened: ended.length, ended };
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** `begun` resolves with the response; `ended` says whether every token and the end came. */
function readStream(url, body) {
  const begun = Promise.withResolvers();
  const ended = new Promise((resolve) => {
    const request = ask(url, {
      agent,
      method: 'POST',
      headers: { ...authorization, 'content-type': 'application/json' },
    });
    const ages = [];
    const end = (why) => {
      begun.resolve();
      resolve({ whole: why === null && ages.length === TOKENS, why, tokens: ages.length, ages });
    };
    request.on('error', (error) => end(error.message));
    request.on('response', (response) => {
      begun.resolve();
      let last = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        ages.push(...agesIn(text));
        last = text;
      });
      response.on('error', (error) => end(error.message));
      response.on('end', () => {
        const complete = response.statusCode === 200 && last.includes('"state":"complete"');
        end(complete ? null : `${response.statusCode} ${last}`);
      });
    });
    request.end(JSON.stringify(body));
  });
  return { begun: begun.promise, ended };
}

/** Polls an instance's health; `stop` ends it and resolves with all response times. */
function watchHealth({ url }) {
  const times = [];
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const askedAt = performance.now();
      const { ok, status } = await fetch(`${url}/health`);
      if (!ok) failures.push(`/health answered ${status}`);
      times.push(performance.now() - askedAt);
      await wait(HEALTH_EVERY_MS);
    }
    return times;
  })();
  return {
    stop() {
      over.abort();
      return watching;
    },
  };
}

function at(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return value.toFixed(1);
}

/** The CPU time of all instances so far, in milliseconds. */
function cpuOf(apps) {
  return apps.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }, 0);
}

function startApp(upstream) {
  return start(SERVER_ARGS, {
    PORT: '0',
    DATABASE_URI: `${pooler.url}/postgres`,
    APP_SECRET: 'a secret that is only used by this bench',
    OPENAI_BASE_URL: `${upstream}/v1`,
    CHAT_MODELS: 'gpt-4',
    API_KEYS: `bench:${KEY}`,
    CHAT_MEMORY_ENABLED: 'false',
    CHAT_TITLES: 'false',
    LOG_LEVEL: 'warn',
    ...RAISED_LIMITS,
  });
}

function start(args, env = {}) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (text) => {
      const [, url] = /ready on (http:\S+)/.exec(text) ?? [];
      if (url) resolve({ url, pid: child.pid });
      else console.log(text);
    });
  });
}
