import type { WrittenPart } from '@/lib/reply/parts';
import type { Fields } from './conversation';
import { withCitations } from './chatgpt-citations';
import { fieldsOf, listOf, nameOf, textOf } from './unknown-fields';

/** What a person sees of a message; nothing of a hidden one, of the system's, and of a tool's or to a tool. */
export function chatGptParts(message: Fields): WrittenPart[] {
  const metadata = fieldsOf(message['metadata']);
  const role = fieldsOf(message['author'])['role'];
  const recipient = message['recipient'] ?? 'all';
  const isHidden =
    metadata['is_visually_hidden_from_conversation'] === true ||
    metadata['is_user_system_message'] === true;
  if (isHidden || recipient !== 'all' || (role !== 'user' && role !== 'assistant')) return [];
  const content = fieldsOf(message['content']);
  if (content['content_type'] === 'thoughts') return thoughts(content);
  const text = withCitations(textIn(content), metadata);
  return [text, ...attachments(metadata, content)]
    .filter((words) => words.trim() !== '')
    .map((words) => ({ kind: 'text', text: words }));
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

function textIn(content: Fields): string {
  const type = content['content_type'];
  if (typeof type === 'string' && HIDDEN.includes(type)) return '';
  if (type === 'code') return codeBlock(textOf(content['text']), nameOf(content['language']));
  const parts = listOf(content['parts']).map(textOfPart).filter(Boolean);
  return parts.length > 0 ? parts.join('\n\n') : textOf(content['text']);
}

function textOfPart(part: unknown): string {
  if (typeof part === 'string') return part;
  const { content_type: type, text } = fieldsOf(part);
  if (type === 'audio_transcription') return textOf(text);
  if (type === 'image_asset_pointer') return '[Image]';
  return typeof text === 'string' ? text : '';
}

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

/** Files are not in the conversation; an image has its placeholder already. */
const attachments = (metadata: Fields, content: Fields): string[] =>
  listOf(metadata['attachments'])
    .map(fieldsOf)
    .filter(
      ({ mime_type: type }) =>
        content['content_type'] !== 'multimodal_text' || !textOf(type).startsWith('image/'),
    )
    .map(({ name }) => (nameOf(name) === null ? '' : `[File: ${textOf(name)}]`));
