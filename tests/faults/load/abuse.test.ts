/** A client floods the server, with default limits: the server keeps answering others. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectWithin } from '../../setup/expect-within';
import { faultRounds } from '../chance';
import { COUNTING, megabytesOf } from './resources';

/** `npm test` runs a tenth of it. */
const AT_LENGTH = faultRounds() >= 30;
const SHARE = AT_LENGTH ? 1 : 0.1;
const FEEDS = 3000 * SHARE;
const FEEDS_MAX = 2000 * SHARE;
const FEEDS_OF_ONE = 60;
const SLOW_BODIES = 500 * SHARE;
const PIPELINERS = 300 * SHARE;
const PIPELINED = 20;
const PAGES = 300 * SHARE;

let deployment: Deployment;
let app: Instance;
const sockets: Socket[] = [];

beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty());
  app = await deployment.start({
    TRUSTED_PROXIES: '1',
    API_RATE_LIMIT: '300/minute',
    PAGE_RATE_LIMIT: `${String(PAGES)}/day`,
    VISITOR_RATE_LIMIT: '60/minute;300/hour;1000/day',
    STREAMS_PER_OWNER: String(FEEDS_OF_ONE),
    STREAMS_PER_ADDRESS: '300',
    STREAMS_MAX: String(FEEDS_MAX),
    ...COUNTING,
  });
  for (const at of ['/', '/health', '/api/sessions']) await fetch(app.url + at);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => deployment.remove());

/** The number of responses on a connection, by status. */
interface Answers {
  readonly statuses: string[];
  closed: boolean;
}

/** Opens a connection, sends `text` and counts the responses. */
async function say(text: string): Promise<Answers> {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  const answers: Answers = { statuses: [], closed: false };
  let rest = '';
  socket.on('data', (piece) => {
    const heard = rest + piece.toString('latin1');
    for (const [, status = ''] of heard.matchAll(/HTTP\/1\.1 (\d{3})/g))
      answers.statuses.push(status);
    // May be the beginning of a status line.
    rest = heard.slice(-'HTTP/1.1 20'.length);
  });
  socket.on('close', () => (answers.closed = true));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return answers;
}

/** A hundred connections at a time: the system's own limit is not under test. */
async function sayAll(texts: readonly string[]): Promise<Answers[]> {
  const all: Answers[] = [];
  for (let from = 0; from < texts.length; from += 100)
    all.push(...(await Promise.all(texts.slice(from, from + 100).map(say))));
  return all;
}

const head = (method: string, at: string, headers: Record<string, string>) =>
  [`${method} ${at} HTTP/1.1`, `Host: ${new URL(app.url).host}`]
    .concat(Object.entries(headers).map(([name, value]) => `${name}: ${value}`))
    .join('\r\n') + '\r\n\r\n';

const counted = (answers: readonly Answers[]) => {
  const counts: Record<string, number> = {};
  for (const status of answers.flatMap(({ statuses }) => statuses))
    counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** Polls `/health` while `goesOn`; resolves with a summary of the response times. */
async function healthWhile(goesOn: () => boolean): Promise<string> {
  const times: number[] = [];
  do {
    const askedAt = performance.now();
    const { status } = await fetch(`${app.url}/health`, { signal: AbortSignal.timeout(30_000) });
    expect(status).toBe(200);
    times.push(performance.now() - askedAt);
    await sleep(20);
  } while (goesOn() || times.length < 20);
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? Infinity;
  expect(at(0.5)).toBeLessThan(1000);
  return `/health ${String(times.length)} times: p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms, longest ${at(1).toFixed(0)} ms`;
}

/** The headers of a new visitor, with an address and a cookie of its own. */
async function newVisitor(n: number): Promise<Record<string, string>> {
  const from = { 'X-Forwarded-For': `198.51.${String(n >> 8)}.${String(n & 255)}` };
  const made = await fetch(`${app.url}/api/sessions`, { method: 'POST', headers: from });
  return { ...from, Cookie: made.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

test(
  `of ${String(FEEDS)} change feeds exactly the limit is open, and closing some admits others`,
  { timeout: 300_000 },
  async () => {
    const visitors = await Promise.all(
      Array.from({ length: FEEDS / FEEDS_OF_ONE }, (_, n) => newVisitor(n)),
    );
    const before = await megabytesOf(app);
    const asks = visitors.flatMap((visitor) =>
      Array<string>(FEEDS_OF_ONE).fill(head('GET', '/api/sessions/changes', visitor)),
    );
    const feeds = await sayAll(asks);
    const answered = () => feeds.filter(({ statuses }) => statuses.length > 0).length;
    const health = await healthWhile(() => answered() < FEEDS);
    expect(counted(feeds)).toEqual({ 200: FEEDS_MAX, 429: FEEDS - FEEDS_MAX });
    const during = await megabytesOf(app);
    const quiet = await healthWhile(() => false);
    console.log(
      `${String(FEEDS)} feeds: while they came ${health}; afterwards ${quiet}; memory ${String(before)} MB, with them ${String(during)} MB`,
    );
    expect(during - before).toBeLessThan(100);
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(
        async () => {
          const feed = await say(head('GET', '/api/sessions/changes', visitors[0] ?? {}));
          await expect.poll(() => feed.statuses).toHaveLength(1);
          return feed.statuses[0];
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe('200');
  },
);

test(
  `${String(SLOW_BODIES)} bodies that never arrive delay no other client and time out`,
  { timeout: 300_000 },
  async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '99' };
    const slow = await sayAll(Array<string>(SLOW_BODIES).fill(head('POST', '/api/chat', headers)));
    const openedAt = Date.now();
    const dripping = setInterval(() => {
      for (const socket of sockets) socket.write(' ');
    }, 1000);
    const health = await healthWhile(() => false);
    await expectWithin(500, async () => {
      const startedAt = performance.now();
      await fetch(`${app.url}/api/sessions`);
      return performance.now() - startedAt;
    });
    console.log(`${String(SLOW_BODIES)} slow bodies: ${health}`);
    expect(counted(slow)).toEqual({});
    if (!AT_LENGTH) {
      clearInterval(dripping);
      return;
    }
    const given = () => slow.filter(({ closed }) => closed).length;
    await expect.poll(given, { timeout: 90_000, interval: 500 }).toBe(SLOW_BODIES);
    clearInterval(dripping);
    console.log(`given up after ${String(Date.now() - openedAt)} ms`);
    expect(counted(slow)).toEqual({ 408: SLOW_BODIES });
  },
);

test(
  `${String(PIPELINERS)} clients that pipeline ${String(PIPELINED)} pages do not delay other clients`,
  { timeout: 300_000 },
  async () => {
    const page = head('GET', '/', { 'X-Forwarded-For': '203.0.113.1' });
    const clients = await sayAll(Array<string>(PIPELINERS).fill(page.repeat(PIPELINED)));
    const all = PIPELINERS * PIPELINED;
    const answers = () => clients.reduce((sum, { statuses }) => sum + statuses.length, 0);
    const health = await healthWhile(() => answers() < all);
    console.log(`${String(all)} pages in ${String(PIPELINERS)} connections: ${health}`);
    expect(counted(clients)).toEqual({ 200: PAGES, 429: all - PAGES });
  },
);
