import { describe, expect, test } from 'vitest';
import { exportJson } from './ask-flask-json';
import { exportMarkdown } from './ask-flask-markdown';
import { jsonPieces } from './json-pieces';
import type { Message } from '@/lib/sessions/message';
import { presentMessage, presentSession } from '@/lib/sessions/present';
import type { Session } from '@/lib/sessions/session';

const at = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
const time = '2026-01-02T03:04:05.678+00:00';
const session = {
  id: 's',
  title: 'A "title"\nof two lines: []',
  tags: [] as readonly string[],
  createdAt: at,
  updatedAt: at,
} as Session;

const message = (n: number): Message => ({
  id: `m${String(n)}`,
  sessionId: 's',
  seq: n,
  parent: null,
  role: n % 2 ? 'user' : 'assistant',
  content: `# Hi ${String(n)}\n\n[]\n  "quoted" \u2028 ü 🙂`,
  parts: null,
  state: n === 3 ? 'stopped' : 'complete',
  finish: null,
  model: 'x',
  tokens: n,
  usage: null,
  firstTokenMs: null,
  totalMs: null,
  thoughtMs: null,
  turn: 't',
  createdAt: at,
});

async function* inPages(messages: Message[], size: number): AsyncGenerator<Message[]> {
  for (let n = 0; n < messages.length; n += size) {
    await Promise.resolve();
    yield messages.slice(n, n + size);
  }
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe.each([0, 1, 2, 5])('with %i messages', (count) => {
  const messages = Array.from({ length: count }, (_, n) => message(n + 1));

  test.each([1, 2, 50])(
    'an export made in pages of %i is, byte for byte, the whole',
    async (size) => {
      const pages = () => inPages(messages, size);
      const pieces = jsonPieces(presentSession(session), 'messages', pages(), presentMessage);
      expect(await joined(pieces)).toBe(
        JSON.stringify({ ...presentSession(session), messages: messages.map(presentMessage) }),
      );
      const file = {
        ...presentSession(session),
        messages: messages.map(({ role, content, tokens }) => ({
          role,
          content,
          tokens,
          created_at: time,
        })),
      };
      expect(await joined(exportJson(session, pages()))).toBe(JSON.stringify(file, null, 2));
      const lines = [
        `# Session: ${session.title ?? ''}`,
        `_Created_: ${time}`,
        `_Updated_: ${time}`,
      ];
      for (const { role, content } of messages)
        lines.push('', `## ${role === 'user' ? 'User' : 'Assistant'}  (${time})`, '', content);
      expect(await joined(exportMarkdown(session, pages()))).toBe(`${lines.join('\n')}\n`);
    },
  );
});
