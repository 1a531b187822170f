import { request, type ClientRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { API_KEYS, type ApiClient } from '../../programs/api-client';
import { readSend } from '../../programs/app-reader';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { expectWithin } from '../../setup/expect-within';
import { DONE, FINISH, openStream, stallAfter, token } from '../../upstream/upstream';
import type { Upstream } from '../../upstream/upstream';
import { COUNTING, resourcesOf, type Resources } from './resources';

const KEY = API_KEYS.split(',')[0]?.split(':')[1] ?? '';
const STREAMS = 500;
const SLOW_READERS = 30;
/** Three bytes per character, for many bytes within the reply limit. */
const LONG_PIECE = '漢'.repeat(16 * 1024);
const LONG_REPLY = 230 * LONG_PIECE.length;

let deployment: Deployment;
let upstream: Upstream;
let app: Instance;
let api: ApiClient;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  deployment = await openDeployment(await SQLITE.empty());
  ({ upstream } = deployment);
  app = await deployment.start({
    UPSTREAM_IDLE_TIMEOUT_MS: '300000',
    CHAT_REPLY_MAX_CHARS: '4000000',
    ...COUNTING,
  });
  ({ api } = app);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await deployment.remove();
});

const percentile = (values: number[], share: number) =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Infinity;

/** A stream on a connection of its own, which `fetch` would pool and reopen. */
const openStalled = () =>
  new Promise<ClientRequest>((resolve, reject) => {
    const asking = request(`${app.url}/api/chat/stream`, {
      method: 'POST',
      agent: false,
      headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
    });
    asking.on('response', (response) => {
      let raw = '';
      response.on('data', (piece: Buffer) => {
        raw += piece.toString();
        if (raw.includes('Once')) resolve(asking);
      });
      response.on('error', () => undefined);
    });
    asking.on('error', reject);
    asking.end(JSON.stringify({ message: 'hello' }));
  });

const openStreams = (count: number) => Promise.all(Array.from({ length: count }, openStalled));

async function healthTimes(count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const askedAt = performance.now();
    expect((await api.call('GET', '/health')).status).toBe(200);
    times.push(performance.now() - askedAt);
    await sleep(10);
  }
  return times;
}

test('with 500 open streams the process stays fast and small, and releases their resources', async () => {
  upstream.behave(stallAfter('Once'));
  for (const stream of await openStreams(20)) stream.destroy();
  await Promise.all(upstream.requests.map(({ closed }) => closed));
  await healthTimes(20);
  await sleep(1000);
  const before = await resourcesOf(app);

  const openedAt = performance.now();
  const streams = await openStreams(STREAMS);
  const burst = performance.now() - openedAt;
  let times: number[] = [];
  await expectWithin(500, async () => {
    times = await healthTimes(200);
    return percentile(times, 0.99);
  });
  const during = await resourcesOf(app);
  expect(upstream.requests).toHaveLength(20 + STREAMS);

  const leftAt = performance.now();
  for (const stream of streams) stream.destroy();
  await Promise.all(upstream.requests.map(({ closed }) => closed));
  const closing = performance.now() - leftAt;
  const busy = ({ counts }: Resources) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  // A few keep-alive connections come and go.
  await expect
    .poll(async () => busy(await resourcesOf(app)), { timeout: 20_000, interval: 200 })
    .toBeLessThan(busy(before) + 20);
  const cleaning = performance.now() - leftAt;
  const after = await resourcesOf(app);

  console.log(
    [
      `${String(STREAMS)} streams opened in ${burst.toFixed(0)} ms`,
      `/health p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`,
      `memory ${String(before.megabytes)} MB, with the streams ${String(during.megabytes)} MB, after ${String(after.megabytes)} MB`,
      `upstreams closed after ${closing.toFixed(0)} ms, all clean after ${cleaning.toFixed(0)} ms`,
      `before ${JSON.stringify(before.counts)}`,
      `during ${JSON.stringify(during.counts)}`,
      `after ${JSON.stringify(after.counts)}`,
    ].join('\n'),
  );
  expect(during.megabytes - before.megabytes).toBeLessThan(150);
  expect(busy(during)).toBeGreaterThan(busy(before) + STREAMS);
  expect(closing).toBeLessThan(20_000);
  expect(cleaning).toBeLessThan(20_000);
});

/** Reads a turn at 100 bytes a second; the rest waits in the network and in the server. */
function readSlowly(requestId: string): void {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.pause();
  socket.write(
    `GET /api/chat/stream/${requestId} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n` +
      `Authorization: Bearer ${KEY}\r\n\r\n`,
  );
  const reading = setInterval(() => socket.read(100), 1000);
  socket.on('close', () => {
    clearInterval(reading);
  });
}

/** A long reply, as fast as it is read; resolves with its duration and the app's peak memory. */
async function longReply(slowReaders: number): Promise<{ ms: number; megabytes: number }> {
  const body = { message: 'long', session_id: await api.createSession() };
  const gate = Promise.withResolvers<void>();
  // As bytes: Node 26.10 may emit no 'drain' after a non-ASCII string.
  const piece = Buffer.from(token(LONG_PIECE));
  upstream.behave(async (response) => {
    openStream(response).write(token('Once'));
    await gate.promise;
    for (let sent = 0; sent < LONG_REPLY; sent += LONG_PIECE.length) {
      if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end(FINISH + DONE);
  });
  const requestId = `long-${String(slowReaders)}`;
  const reading = await readSend(api, body, { 'X-Request-ID': requestId });
  await reading.seen('Once');
  for (let n = 0; n < slowReaders; n += 1) readSlowly(requestId);
  await sleep(500);
  const startedAt = performance.now();
  gate.resolve();
  const sizes: number[] = [];
  const over = new AbortController();
  // One after the other: measuring costs the app more than streaming.
  const measuring = (async () => {
    while (!over.signal.aborted) {
      sizes.push((await resourcesOf(app)).megabytes);
      await sleep(100);
    }
  })();
  expect(await reading.ended).toContain('"state":"complete"');
  const ms = performance.now() - startedAt;
  await sleep(1000);
  over.abort();
  await measuring;
  return { ms, megabytes: Math.max(...sizes) };
}

test('clients that read 100 bytes a second slow down no other, and nothing is buffered for them', async () => {
  await longReply(0);
  const alone = await longReply(0);
  const withSlow = await longReply(SLOW_READERS);
  console.log(
    `a reply of ${((LONG_REPLY * 3) / 2 ** 20).toFixed(1)} MB: alone ${alone.ms.toFixed(0)} ms and ${String(alone.megabytes)} MB, ` +
      `with ${String(SLOW_READERS)} slow readers ${withSlow.ms.toFixed(0)} ms and ${String(withSlow.megabytes)} MB`,
  );
  // At the speed of the slow ones it would take a day; buffered for all of them, the rest would be 320 MB.
  expect(withSlow.ms).toBeLessThan(20_000);
  expect(withSlow.megabytes - alone.megabytes).toBeLessThan(100);
  await expect.poll(() => api.call('GET', '/health').then(({ status }) => status)).toBe(200);
});
