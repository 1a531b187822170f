import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import { exportSafeMarkdown } from './safe-markdown';
import type { Branches } from './transfer-store';
import type { WholeSession } from './session-pieces';
import type { Message } from '@/lib/sessions/message';
import type { Session } from '@/lib/sessions/session';

const createdAt = new Date(Date.UTC(2026, 0, 2));

const message = (n: number, content: string, more: Partial<Message> = {}): Message => ({
  id: `m${String(n)}`,
  sessionId: 's',
  seq: n,
  parent: n === 1 ? null : `m${String(n - 1)}`,
  role: n % 2 ? 'user' : 'assistant',
  content,
  parts: null,
  state: 'complete',
  finish: null,
  model: null,
  tokens: null,
  usage: null,
  firstTokenMs: null,
  totalMs: null,
  thoughtMs: null,
  turn: null,
  createdAt,
  ...more,
});

async function* onePage(messages: Message[]) {
  yield await Promise.resolve(messages);
}

const whole = (title: string, messages: Message[]): WholeSession => ({
  session: { id: 's', title, opening: null, createdAt, lastActivity: createdAt } as Session,
  revisions: [],
  pages: onePage(messages),
});

async function written(
  sessions: WholeSession[],
  branches: Branches,
  reasoning = false,
): Promise<string> {
  let text = '';
  for await (const piece of exportSafeMarkdown(sessions, { branches, reasoning })) text += piece;
  return text;
}

/** Pieces of Markdown that could end a message's quote, or begin something that goes on after it. */
const pieces = ['# x', '## User', '```', '~~~~', '\n', '\n\n', '\r', '\r\n', '> ', '<!--', '<pre>'];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces, '- ', '---', '===', '    ', '$$', '|'), fc.string()))
  .map((parts) => parts.join(''));

test('whatever titles and messages hold, the file has one heading and one quote for each', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, fc.array(hostile, { maxLength: 4 }), async (title, contents) => {
      const messages = contents.map((text, n) => message(n + 1, `x${text}`));
      const tree = fromMarkdown(await written([whole(`t${title}`, messages)], 'shown'));
      expect(tree.children.map(({ type }) => type)).toEqual([
        'heading',
        'paragraph',
        ...messages.flatMap(() => ['heading', 'paragraph', 'blockquote']),
      ]);
    }),
    { numRuns: 300 },
  );
});

test('sessions follow each other; reasoning, where asked for, is a quote of its own', async () => {
  const parts = [{ at: 0, kind: 'reasoning' as const, text: 'hm\n# hm' }];
  const reply = message(2, 'Yes.\n\nNo.', { parts, model: 'gpt_4', state: 'stopped' });
  const text = await written(
    [whole('A *b*', [message(1, 'Well?'), reply]), whole('Next', [])],
    'shown',
    true,
  );
  expect(text).toBe(String.raw`# A \*b\*

Created 2026-01-02T00:00:00.000+00:00, last active 2026-01-02T00:00:00.000+00:00

## User

2026-01-02T00:00:00.000+00:00

> Well?

## Assistant

2026-01-02T00:00:00.000+00:00 · gpt\_4 · stopped

Reasoning:

> > hm
> > # hm

> Yes.
>
> No.

---

# Next

Created 2026-01-02T00:00:00.000+00:00, last active 2026-01-02T00:00:00.000+00:00
`);
});

test('without reasoning only the text is there, and below it what the reply cites', async () => {
  const parts = [
    { at: 0, kind: 'reasoning' as const, text: 'hm' },
    { at: 5, kind: 'source' as const, text: '{"url":"https://a.example/","title":"A [page]"}' },
  ];
  const text = await written([whole('t', [message(2, 'Yes', { parts })])], 'shown');
  expect(text).toMatch(
    /> Yes\n\n> Sources:\n>\n> 1\. \[A \\\[page\\\]\]\(<https:\/\/a\.example\/>\)\n$/,
  );
  expect(text).not.toContain('hm');
});

test('with all branches each message has its id, and names what it answers where that is another', async () => {
  const messages = [message(1, 'a'), message(2, 'b'), message(3, 'c', { parent: 'm1' })];
  const lines = (await written([whole('t', messages)], 'all')).split('\n');
  expect(lines.filter((line) => line.includes('message m'))).toEqual([
    '2026-01-02T00:00:00.000+00:00 · message m1',
    '2026-01-02T00:00:00.000+00:00 · message m2',
    '2026-01-02T00:00:00.000+00:00 · message m3 · answers m1',
  ]);
});
