import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { lengthOfAll, textOf } from '@/lib/reply/entry';
import { SOURCES_MAX, sourcesOf } from '@/lib/reply/source';
import { temporaryStore } from '@/tests/setup/store';
import { endOf, turnsOver } from '@/tests/setup/turns/turns';
import {
  cited,
  DONE,
  FINISH,
  raw,
  startUpstream,
  thought,
  token,
  type Upstream,
} from '@/tests/upstream/upstream';
import { openaiModel } from './openai';

let store: Store;
let remove: () => Promise<void>;
let upstream: Upstream;
beforeAll(async () => {
  ({ store, remove } = await temporaryStore());
  upstream = await startUpstream();
});
afterAll(async () => {
  await upstream.close();
  await remove();
});

/** The reply that a real answer becomes: live, as it is stored, and how it ended. */
async function replyTo(pieces: readonly string[], replyMaxChars = 1_000_000) {
  // In one piece: what comes piece by piece waits for the next frame each time.
  upstream.behave(raw([...pieces, FINISH, DONE].join('')));
  const limits = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 50_000_000 };
  const model = openaiModel({ apiKey: 'k', baseUrl: upstream.url, ...limits });
  const { turns, send, session, messages } = turnsOver(store, { model, replyMaxChars });
  const id = await session();
  const turn = await send(id);
  const end = await endOf(turn);
  const stored = (await messages(id)).at(-1);
  await turns.drain(0);
  return { live: turn.since(0), end, stored };
}

const unknown = (size: number) =>
  `data: ${JSON.stringify({
    choices: [
      { delta: { content: [{ type: 'hologram', text: 'x'.repeat(size), url: 'https://x.y' }] } },
    ],
  })}\n\n`;

test('a thousand alternations of thought, text and sources lose nothing', async () => {
  const numbers = Array.from({ length: 1000 }, (_, n) => n);
  const pieces = numbers.flatMap((n) => [
    thought(`t${String(n)} `),
    token(`w${String(n)} `),
    cited(`https://x.y/${String(n)}`),
  ]);
  const { live, end, stored } = await replyTo(pieces);
  expect(end).toMatchObject({ state: 'complete' });
  expect(textOf(live)).toBe(numbers.map((n) => `w${String(n)} `).join(''));
  expect(textOf(live, 'reasoning')).toBe(numbers.map((n) => `t${String(n)} `).join(''));
  expect(sourcesOf(live)).toHaveLength(SOURCES_MAX);
  expect(stored?.content).toBe(textOf(live));
  expect(textOf(stored?.parts ?? [], 'reasoning')).toBe(textOf(live, 'reasoning'));
});

test.each([
  ['a thought', [thought('x'.repeat(4_000_000)), token('Hi')], 'thoughts'],
  ['a text', [token('Hi'), thought('hm'), token('x'.repeat(4_000_000))], 'limit'],
])('%s of 4 MB is cut at the limit of a reply', async (_, pieces, reason) => {
  const { live, end, stored } = await replyTo(pieces, 10_000);
  expect(end).toMatchObject({ state: 'interrupted', failure: { kind: 'cut-short', reason } });
  expect(lengthOfAll(live)).toBe(10_000);
  expect(stored?.content).toBe(textOf(live));
});

test.each([
  ['parts of no known type, of 4 MB', [unknown(4_000_000), token('Hi'), unknown(1)]],
  ['a closing tag first', [token('</think>'), token('\n\nHi')]],
  ['a closing tag first, split', [token('</th'), token('ink>Hi')]],
  [
    'a source with an address and a title of 2 MB',
    [cited(`https://x.y/${'z'.repeat(2_000_000)}`), token('Hi')],
  ],
])('%s: the text is right', async (_, pieces) => {
  const { live, end, stored } = await replyTo(pieces);
  expect([end.state, live, stored?.content]).toEqual([
    'complete',
    [{ at: 0, kind: 'text', text: 'Hi' }],
    'Hi',
  ]);
});

test('thoughts after text and within it keep their places', async () => {
  const { live } = await replyTo([token('Hi'), thought('hm'), token(' there'), thought('so')]);
  expect(live).toEqual([
    { at: 0, kind: 'text', text: 'Hi' },
    { at: 2, kind: 'reasoning', text: 'hm' },
    { at: 4, kind: 'text', text: ' there' },
    { at: 10, kind: 'reasoning', text: 'so' },
  ]);
});
