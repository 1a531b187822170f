import { isWritten, join } from '@/lib/reply/entry';
import { entriesOf, type StoredReply } from '@/lib/reply/parts';
import { sourcesOf } from '@/lib/reply/source';
import { sourceList } from './source-list';
import type { Message } from '@/lib/sessions/message';
import { isoTime } from '@/lib/sessions/present';
import type { Session } from '@/lib/sessions/session';

export const SPEAKER = { user: 'User', assistant: 'Assistant' } as const;

/**
 * Ask-Flask's export format, byte for byte: a heading per message and its unchanged text. Below it what a reply cites.
 * With `reasoning` also what the model thought, as quotes.
 */
export async function* exportMarkdown(
  session: Session,
  pages: AsyncIterable<readonly Message[]>,
  { reasoning = false } = {},
): AsyncGenerator<string> {
  let text = `# Session: ${session.title ?? session.id}
_Created_: ${isoTime(session.createdAt)}
_Updated_: ${isoTime(session.updatedAt)}
`;
  for await (const page of pages) {
    for (const message of page) {
      const words = reasoning && message.parts ? withReasoning(message) : message.content;
      const body = words + sourceList(sourcesOf(message.parts ?? []));
      text += `\n## ${SPEAKER[message.role]}  (${isoTime(message.createdAt)})\n\n${body}\n`;
    }
    yield text;
    text = '';
  }
  if (text) yield text;
}

const withReasoning = (reply: StoredReply): string =>
  join(entriesOf(reply).filter(({ kind }) => isWritten(kind)))
    .map(({ kind, text }) => (kind === 'text' ? text : text.trim().replace(/^/gm, '> ')))
    .join('\n\n');
