import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { CallResult } from '@/lib/client/net/call';
import { followChanges } from './follow-changes';

const problem = { kind: 'unreachable', code: 0, ref: null, retryAt: null };
const lost: CallResult<Response> = { ok: false, problem, rate: null };
const feed = (...frames: string[]): CallResult<Response> => ({
  ok: true,
  value: new Response(frames.join(''), { headers: { 'Content-Type': 'text/event-stream' } }),
  rate: null,
});
const OPEN = 'data: {"open":true}\n\n';
const CHANGE = 'data: {"session_id":"s","version":2}\n\n';

/** The number of abort listeners at each pause. */
let listening: number[] = [];

/** Follows over these connections, then aborts. */
async function follow(answers: CallResult<Response>[]) {
  const leaving = new AbortController();
  const said: string[] = [];
  listening = [];
  await followChanges(
    {
      open: (signal) => {
        signal.addEventListener('abort', () => undefined);
        const answer = answers.shift();
        if (!answer) leaving.abort();
        return Promise.resolve(answer ?? lost);
      },
      onChange: () => said.push('change'),
      onLost: () => said.push('lost'),
      onRefused: ({ code }) => said.push(`refused ${String(code)}`),
      pause: (attempt, _signal, retryAt) => {
        listening.push(getEventListeners(leaving.signal, 'abort').length);
        said.push(`pause ${String(attempt)}${retryAt ? ` until ${String(retryAt)}` : ''}`);
        return Promise.resolve();
      },
      idleTimeoutMs: 1000,
    },
    leaving.signal,
  );
  return said;
}

test('opening and each change notify, comments do not', async () => {
  expect(await follow([feed(OPEN, ': waiting\n\n')])).toEqual(['change', 'lost', 'pause 0']);
});

test('reconnects with growing backoff, also when connections open and break at once', async () => {
  expect(await follow([lost, feed(OPEN + CHANGE), lost])).toEqual([
    'lost',
    'pause 0',
    'change',
    'lost',
    'pause 1',
    'lost',
    'pause 2',
  ]);
});

test('a response that is no event stream counts as lost', async () => {
  const html: CallResult<Response> = { ok: true, value: new Response('<html>'), rate: null };
  expect(await follow([html])).toEqual(['lost', 'pause 0']);
});

test('finished connections leave no listeners behind', async () => {
  await follow([lost, feed(OPEN), lost]);
  expect(listening).toEqual([0, 0, 0]);
});

const refused = (code: number, retryAt: number | null = null): CallResult<Response> => ({
  ok: false,
  problem: { kind: 'unknown', code, ref: null, retryAt },
  rate: null,
});

test.each([401, 403, 421])(
  'a feed that is refused with %i is not requested again',
  async (code) => {
    expect(await follow([refused(code), feed(OPEN)])).toEqual([`refused ${String(code)}`]);
  },
);

test('a feed that is refused for now is requested again after Retry-After', async () => {
  expect(await follow([refused(429, 7000), feed(OPEN)])).toEqual([
    'refused 429',
    'pause 0 until 7000',
    'change',
    'lost',
    'pause 1',
  ]);
});
