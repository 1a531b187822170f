import { expect, test } from 'vitest';
import type { TurnEvent } from '@/lib/chat/turn/events';
import { readTurnStream } from './read-turn-stream';
import { after } from '@/lib/reply/entry';
import { said } from '@/tests/setup/entries';

/** The page's text after these frames, and their outcome. */
async function read(...frames: [id: number, data: object][]) {
  const raw = frames.map(([id, data]) => `id: ${String(id)}\ndata: ${JSON.stringify(data)}\n\n`);
  let text = '';
  const onEvent = (event: TurnEvent) => {
    if (event.type === 'text-delta') text += event.text;
    if (event.type === 'reply-cut') text = text.slice(0, event.length);
  };
  const response = new Response(raw.join(''), { headers: { 'Content-Type': 'text/event-stream' } });
  const outcome = await readTurnStream(response, {
    onEvent,
    idleTimeoutMs: 10_000,
    reply: { length: () => text.length, since: (from) => after(said(text), from) },
  });
  return { text, outcome };
}

test('a repeated start frame cuts the text beyond its id', async () => {
  const { text, outcome } = await read(
    [0, { request_id: 'r' }],
    [4, { token: 'plan' }],
    [0, { request_id: 'r' }],
    [2, { token: 'pl' }],
    [2, { done: true, state: 'complete' }],
  );
  expect([text, outcome]).toEqual(['pl', { kind: 'ended', problem: null }]);
});

test("the server's retry time reaches the page", async () => {
  const before = Date.now();
  const { outcome } = await read(
    [0, { request_id: 'r' }],
    [0, { error: 'Busy.', code: 500, retry_after: 31, done: true, state: 'failed' }],
  );
  expect(outcome).toMatchObject({ problem: { error: 'Busy.', code: 500, ref: 'r' } });
  const { problem } = outcome as { problem: { retryAt: number } };
  expect(problem.retryAt).toBeGreaterThanOrEqual(before + 31_000);
});
