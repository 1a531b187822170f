/** Limits of running turns and of open streams, under 200 parallel requests to one and to two instances. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SQLITE } from '../../databases/engines';
import { API_KEYS } from '../../programs/api-client';
import { openDeployment, type Deployment, type Instance } from '../../programs/deployment';
import { stallAfter } from '../../upstream/upstream';

const PARALLEL = 200;
const KEYS = API_KEYS.split(',').map((pair) => pair.split(':')[1] ?? '');

let deployment: Deployment;
let one: Instance;
let two: Instance;
/** With few streams. */
let narrow: Instance;
beforeAll(async () => {
  deployment = await openDeployment(await SQLITE.empty(), { TRUSTED_PROXIES: '1' });
  const turns = { TURNS_MAX: '3', TURNS_PER_OWNER: '4' };
  const streams = { STREAMS_PER_OWNER: '3', STREAMS_PER_ADDRESS: '5', STREAMS_MAX: '8' };
  [one, two, narrow] = await Promise.all([
    deployment.start(turns),
    deployment.start(turns),
    deployment.start(streams),
  ]);
  deployment.upstream.behave(stallAfter('Once'));
});
afterAll(() => deployment.remove());

let leaving = new AbortController();
/** Kept, because a response that nobody holds is closed by the garbage collector. */
let opened: Response[] = [];
const running = (app: Instance) => {
  const events = app.logged().map(({ event }) => event);
  const count = (wanted: string) => events.filter((event) => event === wanted).length;
  return count('turn.started') - count('turn.ended');
};
afterEach(async () => {
  leaving.abort();
  leaving = new AbortController();
  opened = [];
  await expect.poll(() => running(one) + running(two)).toBe(0);
});

interface Asked {
  readonly to: Instance;
  readonly key: string | undefined;
  readonly address: string;
}

/** Sends the requests at once. Resolves with the number that each instance admitted, and why the others were refused. */
async function atOnce(ask: (n: number) => Asked, path: string, init: RequestInit = {}) {
  const admitted = new Map<Instance, number>();
  const reasons = new Set<string>();
  const all = Array.from({ length: PARALLEL }, async (_, n) => {
    const { to, key = '', address } = ask(n);
    const response = await fetch(to.url + path, {
      ...init,
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'X-Forwarded-For': address,
      },
      signal: leaving.signal,
    });
    opened.push(response);
    if (response.ok) admitted.set(to, (admitted.get(to) ?? 0) + 1);
    else reasons.add(`${String(response.status)} ${((await response.json()) as Refusal).reason}`);
  });
  await Promise.all(all);
  return { admitted: (app: Instance) => admitted.get(app) ?? 0, reasons: [...reasons] };
}

interface Refusal {
  readonly reason: string;
}

const addressOf = (n: number) => `10.0.0.${String(n)}`;
const send = { method: 'POST', body: JSON.stringify({ message: 'hello' }) };
const sendAtOnce = (ask: (n: number) => Asked) => atOnce(ask, '/api/chat/stream', send);

test('TURNS_MAX of one instance holds exactly', async () => {
  const ask = (n: number) => ({ to: one, key: KEYS[0], address: addressOf(n) });
  const { admitted, reasons } = await sendAtOnce(ask);
  expect([admitted(one), running(one), reasons]).toEqual([3, 3, ['429 TURNS_MAX']]);
});

test('each of two instances has its own TURNS_MAX', async () => {
  const ask = (n: number) => ({ to: n % 2 ? one : two, key: KEYS[n % 2], address: addressOf(n) });
  const { admitted, reasons } = await sendAtOnce(ask);
  expect([admitted(one), admitted(two), reasons]).toEqual([3, 3, ['429 TURNS_MAX']]);
});

test('TURNS_PER_OWNER holds exactly over two instances', async () => {
  const ask = (n: number) => ({ to: n % 2 ? one : two, key: KEYS[0], address: addressOf(n) });
  const { admitted, reasons } = await sendAtOnce(ask);
  expect(admitted(one) + admitted(two)).toBe(4);
  expect(running(one) + running(two)).toBe(4);
  expect(reasons).toContain('429 TURNS_PER_OWNER');
});

const both = (n: number) => KEYS[n % 2];
test.each([
  ['STREAMS_PER_OWNER', 3, () => KEYS[0], addressOf],
  ['STREAMS_PER_ADDRESS', 5, both, () => '10.1.0.1'],
])('%s holds exactly', async (bound, limit, key, address) => {
  const ask = (n: number) => ({ to: narrow, key: key(n), address: address(n) });
  const { admitted, reasons } = await atOnce(ask, '/api/sessions/changes');
  expect(admitted(narrow)).toBe(limit);
  expect(reasons).toContain(`429 ${bound}`);
});
