import type { WrittenPart } from '@/lib/reply/parts';
import { drawnImages, filesOf, unpointed } from './chatgpt-files';
import type { Fields } from './conversation';
import { withCitations } from './chatgpt-citations';
import { leftOut, leftOutFile, type ForeignPart } from './left-out';
import { fieldsOf, listOf, nameOf, textOf } from './unknown-fields';

/** What a person sees of a message; nothing of a hidden one, of the system's, and of a tool's or to a tool. */
export function chatGptParts(message: Fields): ForeignPart[] {
  const metadata = fieldsOf(message['metadata']);
  const role = fieldsOf(message['author'])['role'];
  const recipient = message['recipient'] ?? 'all';
  const isHidden =
    metadata['is_visually_hidden_from_conversation'] === true ||
    metadata['is_user_system_message'] === true;
  if (isHidden) return [];
  const content = fieldsOf(message['content']);
  if (recipient === NEW_CANVAS) return [canvasOf(content)];
  if (recipient !== 'all') return [];
  if (role === 'tool') return drawnImages(content);
  if (role !== 'user' && role !== 'assistant') return [];
  if (content['content_type'] === 'thoughts') return thoughts(content);
  return [...partsIn(content, metadata), ...otherFiles(metadata, content)].filter(
    ({ text, isLeftOut }) => isLeftOut === true || text.trim() !== '',
  );
}

/** The tool that makes a canvas, a document beside the conversation. */
const NEW_CANVAS = 'canmore.create_textdoc';

/** The call's arguments are JSON, in the first part or as code. */
function canvasOf(content: Fields): ForeignPart {
  const call = wordsIn(listOf(content['parts'])[0] ?? content['text']);
  return leftOut('File', /"name"\s*:\s*"([^"\\]{1,200})"/.exec(call)?.[1]);
}

/** Custom instructions and memory dumps would otherwise show as the person's own message. */
const HIDDEN = [
  'user_editable_context',
  'model_editable_context',
  'reasoning_recap',
  'execution_output',
  'tether_browsing_display',
  'tether_quote',
  'system_error',
];

function partsIn(content: Fields, metadata: Fields): ForeignPart[] {
  const type = content['content_type'];
  if (typeof type === 'string' && HIDDEN.includes(type)) return [];
  const cited = (text: string) => ({ kind: 'text', text: withCitations(text, metadata) }) as const;
  if (type === 'code')
    return [cited(codeBlock(textOf(content['text']), nameOf(content['language'])))];
  const files = filesOf(content, metadata);
  const parts = listOf(content['parts']).map((part) => files.get(part) ?? cited(wordsIn(part)));
  return parts.length > 0 ? parts : [cited(textOf(content['text']))];
}

const wordsIn = (part: unknown): string =>
  typeof part === 'string' ? part : textOf(fieldsOf(part)['text']);

const thoughts = (content: Fields): WrittenPart[] => {
  const text = listOf(content['thoughts'])
    .map(fieldsOf)
    .map(({ summary, content: body }) =>
      [textOf(summary), textOf(body)].filter(Boolean).join('\n\n'),
    )
    .filter(Boolean)
    .join('\n\n');
  return text === '' ? [] : [{ kind: 'reasoning', text }];
};

/** A fence that is longer than any in the code. */
function codeBlock(code: string, language: string | null): string {
  if (code.trim() === '') return '';
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const name =
    language === null || !/^[\w+#-]{1,40}$/.test(language) || language === 'unknown'
      ? ''
      : language;
  return `${fence}${name}\n${code}\n${fence}`;
}

/** Files that no part of the message points to. */
const otherFiles = (metadata: Fields, content: Fields): ForeignPart[] =>
  unpointed(metadata, content).map(({ name, mime_type: type }) => leftOutFile(name, type));
