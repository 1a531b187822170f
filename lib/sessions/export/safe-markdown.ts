import { isWritten } from '@/lib/reply/entry';
import { entriesOf } from '@/lib/reply/parts';
import { sourcesOf } from '@/lib/reply/source';
import { sourceList } from './source-list';
import type { WholeSession } from './session-pieces';
import type { Branches } from './transfer-store';
import type { Message } from '@/lib/sessions/message';
import { isoTime } from '@/lib/sessions/present';
import { shownTitle } from '@/lib/sessions/title';
import { SPEAKER } from './ask-flask-markdown';
import { sessions as words } from '@/lib/texts/en/sessions/sessions';

export interface MarkdownOptions {
  readonly branches: Branches;
  /** Also what models thought. */
  readonly reasoning: boolean;
}

/** `?branches=all` and `?reasoning=1`. */
export const markdownOptions = (query: URLSearchParams): MarkdownOptions => ({
  branches: query.get('branches') === 'all' ? 'all' : 'shown',
  reasoning: query.get('reasoning') === '1',
});

/**
 * Markdown in which no text can be taken for another message: each message is a quote, so its headings and open fences
 * end with it. With all branches each message has its id, and names the one it answers
 * where that is not the one before it.
 */
export async function* exportSafeMarkdown(
  sessions: AsyncIterable<WholeSession> | Iterable<WholeSession>,
  options: MarkdownOptions,
): AsyncGenerator<string> {
  let before = '';
  for await (const { session, pages } of sessions) {
    yield `${before}# ${plainInline(shownTitle(session, words.untitled))}

Created ${isoTime(session.createdAt)}, last active ${isoTime(session.lastActivity)}
`;
    yield* messagesOf(pages, options);
    before = '\n---\n\n';
  }
}

async function* messagesOf(pages: WholeSession['pages'], { branches, reasoning }: MarkdownOptions) {
  let last: Message | null = null;
  for await (const page of pages) {
    let text = '';
    for (const message of page) {
      text += messageText(message, branches === 'all' ? answered(message, last) : null, reasoning);
      last = message;
    }
    if (text) yield text;
  }
}

/** The message that this one answers; '' for the one before it. */
const answered = ({ parent }: Message, last: Message | null): string | null =>
  parent === (last?.id ?? null) ? '' : (parent ?? 'nothing');

function messageText(message: Message, answers: string | null, reasoning: boolean): string {
  const about = [
    isoTime(message.createdAt),
    ...(message.model === null ? [] : [plainInline(message.model)]),
    ...(message.state === 'complete' ? [] : [message.state]),
    ...(answers === null ? [] : [`message ${message.id}`]),
    ...(answers ? [`answers ${answers}`] : []),
  ];
  return `\n## ${SPEAKER[message.role]}\n\n${about.join(' · ')}\n\n${quotedParts(message, reasoning)}\n`;
}

function quotedParts(message: Message, reasoning: boolean): string {
  const written = entriesOf(message).filter(
    ({ kind, text }) => isWritten(kind) && text.trim() !== '' && (reasoning || kind === 'text'),
  );
  const parts = written.map(({ kind, text }) =>
    kind === 'text' ? quoted(text) : `Reasoning:\n\n${quoted(quoted(text))}`,
  );
  const sources = sourceList(sourcesOf(message.parts ?? [])).trim();
  return [...parts, ...(sources ? [quoted(sources)] : [])].join('\n\n');
}

const quoted = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split(/[\n\r]/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

/** One line without syntax. */
const plainInline = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#&!|~$]/g, String.raw`\$&`);
