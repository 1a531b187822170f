import type { Fields, ReadConversation } from './conversation';
import { fieldsOf, isFields, listOf, nameOf, textOf, timeOf } from './unknown-fields';
import { leftOut, leftOutFile, type ForeignPart } from './left-out';
import { withLinks } from './links';

const ROOT = '00000000-0000-4000-8000-000000000000';

export const readClaude: ReadConversation = (value) => {
  const { uuid, chat_messages: messages } = value;
  if (typeof uuid !== 'string' || !Array.isArray(messages)) return null;
  const items = messages.filter(isFields);
  const isTree = items.some((message) => typeof message['parent_message_uuid'] === 'string');
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
    nodes: items.map((message, index) => ({
      id: idOf(message, index),
      parent: isTree ? parentOf(message) : previousOf(items, index),
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
function previousOf(items: readonly Fields[], index: number): string | null {
  const previous = items[index - 1];
  return previous ? idOf(previous, index - 1) : null;
}

function partsOf(message: Fields): ForeignPart[] {
  const { sender, content, text, attachments, files } = message;
  if (sender !== 'human' && sender !== 'assistant') return [];
  const blocks = listOf(content).map(fieldsOf).flatMap(partOf);
  const textParts = blocks.some(({ kind }) => kind === 'text') ? [] : textPart(textOf(text));
  return [...blocks, ...textParts, ...pasted(attachments), ...named(files)];
}

function partOf(block: Fields): ForeignPart[] {
  const { type } = block;
  if (type === 'text')
    return textPart(withLinks(textOf(block['text']), linksOf(block['citations'])));
  if (type === 'thinking') return [{ kind: 'reasoning', text: textOf(block['thinking']) }];
  if (type === 'tool_use') return artifactOf(block['name'], fieldsOf(block['input']));
  if (type === 'tool_result') return imagesIn(listOf(block['content']));
  return imagesIn([block]);
}

/** A file that the model made, once, however often it changed it. */
function artifactOf(tool: unknown, { command, title, path }: Fields): ForeignPart[] {
  if (tool === 'artifacts' && command === 'create') return [leftOut('File', title)];
  return tool === 'create_file' ? [leftOut('File', path)] : [];
}

/** Images that a tool found or made show in Claude's page. */
const imagesIn = (blocks: readonly unknown[]): ForeignPart[] =>
  blocks
    .map(fieldsOf)
    .filter(({ type }) => type === 'image' || type === 'image_gallery')
    .map(({ file_name: name }) => leftOut('Image', name));

/** Each citation says where the text that it supports ends. */
const linksOf = (citations: unknown) =>
  listOf(citations)
    .map(fieldsOf)
    .flatMap(({ end_index: end, details }) => {
      const { url, title } = fieldsOf(details);
      return typeof end === 'number' ? [{ from: end, to: end, url, title }] : [];
    });

/** A long paste is not in the text, but in an attachment. Of other files that have words, those are here too. */
const pasted = (attachments: unknown): ForeignPart[] =>
  listOf(attachments)
    .map(fieldsOf)
    .flatMap(({ file_name: name, file_type: type, extracted_content: content }) => {
      const words = textOf(content);
      if (words.trim() === '') return nameOf(name) === null ? [] : [leftOutFile(name, type)];
      const { kind, text } = leftOut('File', name);
      return [...(nameOf(name) === null ? [] : [{ kind, text }]), ...textPart(words)];
    });

const named = (files: unknown): ForeignPart[] =>
  listOf(files)
    .map(fieldsOf)
    .filter(({ file_name: name, file_uuid: id }) => nameOf(name) !== null || nameOf(id) !== null)
    .map(({ file_name: name, file_kind: kind }) => leftOutFile(name, kind));

const textPart = (text: string): ForeignPart[] =>
  text.trim() === '' ? [] : [{ kind: 'text', text }];
