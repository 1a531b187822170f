import { entriesOf } from '@/lib/reply/parts';
import type { WholeSession } from './session-pieces';
import type { Branches } from './transfer-store';
import type { Message } from '@/lib/sessions/message';
import { isoTime } from '@/lib/sessions/present';
import { shownTitle } from '@/lib/sessions/title';

const SPEAKER = { user: 'User', assistant: 'Assistant' } as const;

/**
 * Markdown in which no text can be taken for another message: each message is a quote, so its headings and open fences
 * end with it. With all branches each message has its id, and names the one it answers
 * where that is not the one before it.
 */
export async function* exportSafeMarkdown(
  sessions: AsyncIterable<WholeSession> | Iterable<WholeSession>,
  branches: Branches,
): AsyncGenerator<string> {
  let before = '';
  for await (const { session, pages } of sessions) {
    yield `${before}# ${plainInline(shownTitle(session))}

Created ${isoTime(session.createdAt)}, last active ${isoTime(session.lastActivity)}
`;
    yield* messagesOf(pages, branches === 'all');
    before = '\n---\n\n';
  }
}

async function* messagesOf(pages: WholeSession['pages'], all: boolean) {
  let last: Message | null = null;
  for await (const page of pages) {
    let text = '';
    for (const message of page) {
      text += messageText(message, all ? answered(message, last) : null);
      last = message;
    }
    if (text) yield text;
  }
}

/** The message that this one answers; '' for the one before it. */
const answered = ({ parent }: Message, last: Message | null): string | null =>
  parent === (last?.id ?? null) ? '' : (parent ?? 'nothing');

function messageText(message: Message, answers: string | null): string {
  const about = [
    isoTime(message.createdAt),
    ...(message.model === null ? [] : [plainInline(message.model)]),
    ...(message.state === 'complete' ? [] : [message.state]),
    ...(answers === null ? [] : [`message ${message.id}`]),
    ...(answers ? [`answers ${answers}`] : []),
  ];
  return `\n## ${SPEAKER[message.role]}\n\n${about.join(' · ')}\n\n${quotedParts(message)}\n`;
}

const quotedParts = (message: Message): string =>
  entriesOf(message)
    .filter(({ text }) => text.trim() !== '')
    .map(({ kind, text }) =>
      kind === 'text' ? quoted(text) : `Reasoning:\n\n${quoted(quoted(text))}`,
    )
    .join('\n\n');

const quoted = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split(/[\n\r]/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

/** One line without syntax. */
const plainInline = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#&!|~$]/g, String.raw`\$&`);
