/**
 * `npm run bench -- sends`: what a send of a person who is signed in costs beside one of a visitor, on both databases. The
 * two programs take turns, so that noise does not affect only one. The upstream answers at once.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startPostgres } from '../../tests/databases/postgres-server.ts';
import { SERVER_ARGS } from '../steps/server.mjs';
import { RAISED_LIMITS } from './raised-limits.mjs';

const ROUNDS = 24;
/** Sends in a round, in a session of its own. */
const SENDS = 25;
const WARM_UP = 300;
const TICK_MS = 10;
/** Percent. */
const TARGET = 3;

const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const REPLY = `${chunk({ content: 'All is well.' })}${chunk({}, 'stop')}data: [DONE]\n\n`;

const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-sends-'));
const children = [];
const upstream = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(REPLY);
  });
});
await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve));
const postgres = await startPostgres();
try {
  await compare('SQLite', (name) => `sqlite://${folder}/${name}.db`);
  const databases = { open: 'postgres', accounts: 'template1' };
  await compare('PostgreSQL', (name) => `${postgres.url}/${databases[name]}`);
} finally {
  for (const child of children) child.kill('SIGKILL');
  upstream.close();
  upstream.closeAllConnections();
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
}

async function compare(database, uriOf) {
  const subjects = [];
  for (const access of ['open', 'accounts']) {
    const app = await start(access, uriOf(access));
    const subject = { ...app, cookie: await cookieOf(app.url, access), cpu: [], ms: [] };
    for (let n = 0; n < WARM_UP; n += SENDS) await round(subject);
    subjects.push({ ...subject, cpu: [], ms: [] });
  }
  for (let n = 0; n < ROUNDS; n += 1)
    for (const subject of n % 2 === 0 ? subjects : subjects.toReversed()) await round(subject);
  const [visitor, signedIn] = subjects.map(({ cpu, ms }) => ({
    cpu: cpu.reduce((sum, each) => sum + each, 0) / cpu.length,
    ms: ms.toSorted((a, b) => a - b)[Math.floor(ms.length / 2)],
  }));
  for (const kind of ['cpu', 'ms']) {
    const more = (signedIn[kind] / visitor[kind] - 1) * 100;
    const what = kind === 'cpu' ? 'CPU ms a send' : 'median ms a send';
    console.log(
      `${database}, ${what}: visitor ${visitor[kind].toFixed(2)}, signed in ${signedIn[kind].toFixed(2)}: ${more.toFixed(1)} % more (target: ${TARGET} %)`,
    );
  }
  for (const { child } of subjects) child.kill('SIGKILL');
}

function start(access, uri) {
  const child = spawn(process.execPath, SERVER_ARGS, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      ACCESS: access,
      SIGN_UP: 'open',
      DATABASE_URI: uri,
      APP_SECRET: 'a secret that is only used by this bench',
      OPENAI_BASE_URL: `http://127.0.0.1:${upstream.address().port}/v1`,
      CHAT_MODELS: 'gpt-4',
      ...RAISED_LIMITS,
      CHAT_MEMORY_ENABLED: 'false',
      CHAT_TITLES: 'false',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url] = /ready on (http:\S+)/.exec(line) ?? [];
      if (url) resolve({ url, child });
    });
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}`)));
  });
}

async function cookieOf(url, access) {
  const account = { name: 'bench', password: 'a long enough password' };
  const response = await post(
    url,
    access === 'open' ? '/api/sessions' : '/api/auth/sign-up',
    access === 'open' ? {} : account,
  );
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function post(url, to, body, cookie) {
  const headers = { 'Content-Type': 'application/json', Origin: url, ...(cookie && { cookie }) };
  return fetch(url + to, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function round({ url, child, cookie, cpu, ms }) {
  const { id } = await (await post(url, '/api/sessions', {}, cookie)).json();
  const before = ticksOf(child.pid);
  for (let n = 0; n < SENDS; n += 1) {
    const startedAt = performance.now();
    const sent = await post(url, '/api/chat', { message: 'Hello', session_id: id }, cookie);
    const { response } = await sent.json();
    if (sent.status !== 200) throw new Error(`${sent.status} ${response}`);
    ms.push(performance.now() - startedAt);
  }
  cpu.push(((ticksOf(child.pid) - before) * TICK_MS) / SENDS);
}

/** The CPU time that a process has used. */
function ticksOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
