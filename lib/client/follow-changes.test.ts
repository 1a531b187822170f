import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import type { Answer } from './call';
import { followChanges } from './follow-changes';

const problem = { code: 0, message: '', ref: null, retryAt: null };
const lost: Answer<Response> = { ok: false, problem, rate: null };
const feed = (...frames: string[]): Answer<Response> => ({
  ok: true,
  value: new Response(frames.join(''), { headers: { 'Content-Type': 'text/event-stream' } }),
  rate: null,
});
const OPEN = 'data: {"open":true}\n\n';
const CHANGE = 'data: {"session_id":"s","version":2}\n\n';

/** How many waited for the end at each pause. */
let listening: number[] = [];

/** Follows over these connections, and leaves when there are no more. */
async function follow(answers: Answer<Response>[]) {
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
      onRefused: () => said.push('refused'),
      pause: (attempt) => {
        listening.push(getEventListeners(leaving.signal, 'abort').length);
        said.push(`pause ${String(attempt)}`);
        return Promise.resolve();
      },
      silenceMs: 1000,
    },
    leaving.signal,
  );
  return said;
}

test('opening and each change are told, comments are not', async () => {
  expect(await follow([feed(OPEN, ': waiting\n\n')])).toEqual(['change', 'lost', 'pause 0']);
});

test('it comes back after ever longer pauses, also when connections open and break at once', async () => {
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

test('what is no stream counts as lost', async () => {
  const html: Answer<Response> = { ok: true, value: new Response('<html>'), rate: null };
  expect(await follow([html])).toEqual(['lost', 'pause 0']);
});

test.each([401, 403, 429])(
  '%i is no lost connection, and asked again only seldom',
  async (code) => {
    const refused: Answer<Response> = { ...lost, problem: { ...problem, code } };
    expect(await follow([refused, refused, feed(OPEN)])).toEqual([
      'refused',
      'pause 100',
      'refused',
      'pause 100',
      'change',
      'lost',
      'pause 0',
    ]);
  },
);

test('a connection that is over leaves nothing behind, however many there were', async () => {
  await follow([lost, feed(OPEN), lost]);
  expect(listening).toEqual([0, 0, 0]);
});
