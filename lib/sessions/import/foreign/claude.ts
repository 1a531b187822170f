import type { WrittenPart } from '@/lib/reply/parts';
import type { Fields, ReadConversation } from './conversation';
import { fieldsOf, isFields, listOf, nameOf, textOf, timeOf } from './unknown-fields';
import { withLinks } from './links';

const ROOT = '00000000-0000-4000-8000-000000000000';

export const readClaude: ReadConversation = (value) => {
  const { uuid, chat_messages: messages } = value;
  if (typeof uuid !== 'string' || !Array.isArray(messages)) return null;
  const said = messages.filter(isFields);
  const isTree = said.some((message) => typeof message['parent_message_uuid'] === 'string');
  return {
    source: 'claude',
    id: uuid,
    title: nameOf(value['name']),
    createdAt: timeOf(value['created_at']),
    updatedAt: timeOf(value['updated_at']),
    model: nameOf(value['model']),
    systemPrompt: null,
    pinned: value['is_starred'] === true,
    archived: false,
    head: nameOf(value['current_leaf_message_uuid']),
    nodes: said.map((message, index) => ({
      id: idOf(message, index),
      parent: isTree ? parentOf(message) : previousOf(said, index),
      role: message['sender'] === 'assistant' ? 'assistant' : 'user',
      parts: partsOf(message),
      model: null,
      createdAt: timeOf(message['created_at']),
    })),
  };
};

const idOf = ({ uuid }: Fields, index: number): string => nameOf(uuid) ?? String(index);

function parentOf({ parent_message_uuid: parent }: Fields): string | null {
  const id = nameOf(parent);
  return id === ROOT ? null : id;
}

/** Older files have no tree: each message follows the one before it. */
function previousOf(said: readonly Fields[], index: number): string | null {
  const previous = said[index - 1];
  return previous ? idOf(previous, index - 1) : null;
}

function partsOf(message: Fields): WrittenPart[] {
  const { sender, content, text, attachments, files } = message;
  if (sender !== 'human' && sender !== 'assistant') return [];
  const blocks = listOf(content).map(fieldsOf).flatMap(partOf);
  const said = blocks.some(({ kind }) => kind === 'text') ? [] : textPart(textOf(text));
  return [...blocks, ...said, ...pasted(attachments), ...named(files)];
}

function partOf(block: Fields): WrittenPart[] {
  const { type } = block;
  if (type === 'text')
    return textPart(withLinks(textOf(block['text']), linksOf(block['citations'])));
  if (type === 'thinking') return [{ kind: 'reasoning', text: textOf(block['thinking']) }];
  return [];
}

/** Each citation says where the text that it supports ends. */
const linksOf = (citations: unknown) =>
  listOf(citations)
    .map(fieldsOf)
    .flatMap(({ end_index: end, details }) => {
      const { url, title } = fieldsOf(details);
      return typeof end === 'number' ? [{ from: end, to: end, url, title }] : [];
    });

/** A long paste is not in the text, but in an attachment. */
const pasted = (attachments: unknown): WrittenPart[] =>
  listOf(attachments)
    .map(fieldsOf)
    .flatMap(({ file_name: name, extracted_content: content }) => {
      const words = textOf(content);
      return nameOf(name) === null || words === ''
        ? [...textPart(words), ...named([{ file_name: name }])]
        : [...named([{ file_name: name }]), ...textPart(words)];
    });

const named = (files: unknown): WrittenPart[] =>
  listOf(files)
    .map(fieldsOf)
    .flatMap(({ file_name: name }) =>
      textPart(nameOf(name) === null ? '' : `[File: ${textOf(name)}]`),
    );

const textPart = (text: string): WrittenPart[] =>
  text.trim() === '' ? [] : [{ kind: 'text', text }];
