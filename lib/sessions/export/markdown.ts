import type { Message } from '@/lib/sessions/message';
import { isoTime } from '@/lib/sessions/present';
import type { Session } from '@/lib/sessions/session';

const SPEAKER = { user: 'User', assistant: 'Assistant' } as const;

/** Ask-Flask's export format, byte for byte: a heading per message and its unchanged text. */
export async function* exportMarkdown(
  session: Session,
  pages: AsyncIterable<readonly Message[]>,
): AsyncGenerator<string> {
  let text = `# Session: ${session.title ?? session.id}
_Created_: ${isoTime(session.createdAt)}
_Updated_: ${isoTime(session.updatedAt)}
`;
  for await (const page of pages) {
    for (const { role, content, createdAt } of page)
      text += `\n## ${SPEAKER[role]}  (${isoTime(createdAt)})\n\n${content}\n`;
    yield text;
    text = '';
  }
  if (text) yield text;
}
