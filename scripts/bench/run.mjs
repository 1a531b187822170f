/**
 * `npm run bench`: measures the stream route of the built app with its store, against a bare relay and the upstream
 * itself. Compare the columns; the absolute figures depend on the machine. `npm run bench -- search` measures search,
 * `-- sends` what a sign-in costs, `-- instances` ten instances on one Postgres, `-- browser` what a page costs.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build, buildIsStale } from '../steps/build.mjs';
import { projectEnv } from '../steps/node.mjs';
import { SERVER_ARGS } from '../steps/server.mjs';
import { RAISED_LIMITS } from './raised-limits.mjs';

const [, , other = '', ...more] = process.argv;
const OTHERS = ['search', 'sends', 'instances', 'browser'];
if (OTHERS.includes(other)) {
  const args = ['--import=./scripts/load-typescript.mjs', `scripts/bench/${other}.mjs`, ...more];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exit(status ?? 1);
}
if (other !== '') {
  console.error(`There is no bench "${other}". Name one of ${OTHERS.join(', ')}, or none.`);
  process.exit(2);
}

const STREAMS = [1, 50, 200];
const LONG = 200;
const SHORT = 20;
/** A single stream gives too few samples, so a short one is opened this many times. */
const REPEAT_SINGLE = 40;
const EVERY_MS = 20;
const ROUNDS = 3;
const KEY = 'a-key-for-the-bench-only';
const TICKS_PER_SECOND = 100;
const TARGETS = { cpuRatio: 2.2, streamKb: 120, firstMs: 8 };

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-bench-'));
const children = [];

if (process.platform !== 'linux') {
  console.error('The bench reads CPU time and memory from /proc and needs Linux.');
  process.exit(1);
}
const problem = buildIsStale() ? await build() : null;
if (problem) {
  console.error(problem);
  process.exit(1);
}

try {
  const upstream = await start([
    'scripts/bench/upstream.mjs',
    String(LONG),
    String(SHORT),
    String(EVERY_MS),
  ]);
  const relay = await start(['scripts/bench/relay.mjs', upstream.url]);
  const app = await start(SERVER_ARGS, {
    PORT: '0',
    DATABASE_URI: `sqlite://${folder}/app.db`,
    OPENAI_BASE_URL: `${upstream.url}/v1`,
    API_KEYS: `bench:${KEY}`,
    ...RAISED_LIMITS,
    CHAT_MEMORY_ENABLED: 'false',
  });
  console.log(
    `${LONG} tokens a stream, one every ${EVERY_MS} ms (${SHORT} where there is one stream, which is opened ${REPEAT_SINGLE} times); the app stores every turn in SQLite; limits are raised and memory is off.\n`,
  );
  const subjects = [
    {
      name: 'upstream',
      ...upstream,
      target: `${upstream.url}/v1/chat/completions`,
      bodiesFor: plain,
    },
    { name: 'relay', ...relay, target: relay.url, bodiesFor: plain },
    {
      name: 'app',
      ...app,
      target: `${app.url}/api/chat/stream`,
      bodiesFor: (n) => sessions(app.url, n),
    },
  ];
  // Warm-up for the JIT compilers.
  for (const subject of subjects) await measure(subject, Math.max(...STREAMS));
  const met = [];
  for (const streams of STREAMS) met.push(...report(streams, await rounds(subjects, streams)));
  console.log(`\n${met.join('\n')}`);
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

/** The median of some rounds. The subjects take turns, so that noise does not affect only one. */
async function rounds(subjects, streams) {
  const seen = new Map(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const subject of subjects) seen.get(subject.name).push(await measure(subject, streams));
  }
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return new Map(
    [...seen].map(([name, all]) => [
      name,
      Object.fromEntries(
        Object.keys(all[0]).map((key) => [key, median(all.map((one) => one[key]))]),
      ),
    ]),
  );
}

async function measure({ pid, target, bodiesFor }, streams) {
  const repeat = streams === 1 ? REPEAT_SINGLE : 1;
  const bodies = await bodiesFor(streams);
  await wait(300);
  const before = usage(pid);
  let peakKb = before.rssKb;
  const watch = setInterval(() => (peakKb = Math.max(peakKb, usage(pid).rssKb)), 200);
  const input = JSON.stringify({
    url: target,
    headers: { authorization: `Bearer ${KEY}` },
    bodies,
    repeat,
  });
  const { stdout } = await run(process.execPath, ['scripts/bench/client.mjs', input], {
    maxBuffer: 1 << 26,
  });
  clearInterval(watch);
  const seen = JSON.parse(stdout);
  const expected = streams === 1 ? SHORT * repeat : streams * LONG;
  if (seen.tokens !== expected) throw new Error(`${seen.tokens} tokens came of ${expected}`);
  const cpu = ((usage(pid).cpuTicks - before.cpuTicks) / TICKS_PER_SECOND / seen.tokens) * 1000;
  return {
    firstMs: seen.firstMs,
    delayMs: seen.delayMs,
    cpu,
    streamKb: (peakKb - before.rssKb) / streams,
  };
}

function report(streams, results) {
  const relay = results.get('relay');
  const upstream = results.get('upstream');
  console.log(`${streams} stream${streams === 1 ? '' : 's'}`);
  console.log(
    '              first token   added to first   added per token   CPU s / 1,000 tokens   of the relay   kB / stream',
  );
  for (const [name, { firstMs, delayMs, cpu, streamKb }] of results) {
    const columns = [
      `${firstMs.toFixed(1)} ms`.padStart(11),
      `${(firstMs - upstream.firstMs).toFixed(1)} ms`.padStart(16),
      `${(delayMs - upstream.delayMs).toFixed(2)} ms`.padStart(17),
      cpu.toFixed(4).padStart(22),
      `${(cpu / relay.cpu).toFixed(2)} x`.padStart(14),
      streamKb.toFixed(0).padStart(13),
    ];
    console.log(`  ${name.padEnd(10)}${columns.join(' ')}`);
  }
  const app = results.get('app');
  const say = (what, value, target) =>
    `${value <= target ? 'met    ' : 'NOT MET'}  ${what}: ${value.toFixed(2)}, at most ${target}`;
  if (streams === 1)
    return [
      say(
        'ms added to the first token at 1 stream',
        app.firstMs - upstream.firstMs,
        TARGETS.firstMs,
      ),
    ];
  if (streams !== 200) return [];
  return [
    say("times the relay's CPU per token at 200 streams", app.cpu / relay.cpu, TARGETS.cpuRatio),
    say('kB per stream at 200 streams', app.streamKb, TARGETS.streamKb),
  ];
}

function modelFor(n) {
  return n === 1 ? 'gpt-4' : 'gpt-3.5-turbo';
}

function plain(n) {
  return Promise.resolve(Array.from({ length: n }, () => JSON.stringify({ model: modelFor(n) })));
}

async function sessions(url, n) {
  const headers = { authorization: `Bearer ${KEY}` };
  const bodies = [];
  for (let made = 0; made < n; made += 1) {
    const response = await fetch(`${url}/api/sessions`, { method: 'POST', headers });
    const { id } = await response.json();
    bodies.push(JSON.stringify({ message: 'hello', model: modelFor(n), session_id: id }));
  }
  return bodies;
}

/** A process's CPU time in ticks and resident memory in kilobytes. */
function usage(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
  return { cpuTicks: Number(fields[11]) + Number(fields[12]), rssKb: Number(rss) };
}

function start(args, env = {}) {
  const child = spawn(process.execPath, args, {
    env: projectEnv(env),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
    child.stdout.on('data', (text) => {
      const [, url] = /ready on (http:\S+)/.exec(text) ?? [];
      if (url) resolve({ url, pid: child.pid });
    });
  });
}
