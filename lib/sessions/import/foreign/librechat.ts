import type { Fields, Node, ReadConversation } from './conversation';
import { leftOut, leftOutFile, type ForeignPart } from './left-out';
import { fieldsOf, isFields, listOf, nameOf, textOf, timeOf } from './unknown-fields';

const ROOT = '00000000-0000-0000-0000-000000000000';

/** One conversation per file. Its messages are a list, or a tree in which each holds those that answer it. */
export const readLibreChat: ReadConversation = (value) => {
  const { conversationId, messages, messagesTree } = value;
  const list = Array.isArray(messagesTree) ? messagesTree : messages;
  if (typeof conversationId !== 'string' || !Array.isArray(list)) return null;
  const nodes = nodesOf(list);
  return {
    source: 'librechat',
    id: conversationId,
    title: nameOf(value['title']),
    createdAt: timeOf(value['createdAt']),
    updatedAt: timeOf(value['updatedAt']),
    model: nameOf(fieldsOf(value['options'])['model']),
    systemPrompt: null,
    pinned: false,
    archived: value['isArchived'] === true,
    head: null,
    nodes,
  };
};

/** Without recursion: a long conversation is a deep tree. */
function nodesOf(list: readonly unknown[]): Node[] {
  const nodes: Node[] = [];
  const waiting = list
    .filter(isFields)
    .toReversed()
    .map((message) => ({ message, inside: null as string | null }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { message, inside } = next;
    const id = nameOf(message['messageId']) ?? `#${String(nodes.length)}`;
    nodes.push(nodeOf(message, id, inside));
    for (const child of listOf(message['children']).filter(isFields).toReversed())
      waiting.push({ message: child, inside: id });
  }
  return nodes;
}

function nodeOf(message: Fields, id: string, inside: string | null): Node {
  const parent = nameOf(message['parentMessageId']);
  return {
    id,
    parent: inside ?? (parent === ROOT ? null : parent),
    role: message['isCreatedByUser'] === true ? 'user' : 'assistant',
    parts: message['error'] === true ? [] : partsOf(message),
    model: message['isCreatedByUser'] === true ? null : nameOf(message['model']),
    createdAt: timeOf(message['createdAt']),
  };
}

function partsOf({ text, content, files, attachments }: Fields): ForeignPart[] {
  const parts = listOf(content).map(fieldsOf).flatMap(partOf);
  const textParts = parts.some(({ isLeftOut }) => !isLeftOut) ? [] : textPart('text', textOf(text));
  return [...textParts, ...parts, ...filesIn(files), ...filesIn(attachments)];
}

function partOf(block: Fields): ForeignPart[] {
  if (block['type'] === 'text') return textPart('text', wordsOf(block['text']));
  if (block['type'] === 'think') return textPart('reasoning', wordsOf(block['think']));
  if (block['type'] === 'image_file')
    return [leftOut('Image', fieldsOf(block['image_file'])['filename'])];
  return block['type'] === 'image_url' ? [leftOut('Image', null)] : [];
}

/** Those of a message, and what its tools made. An attachment may be search results, which have no name. */
const filesIn = (files: unknown): ForeignPart[] =>
  listOf(files)
    .map(fieldsOf)
    .filter(({ filename }) => nameOf(filename) !== null)
    .map(({ filename, type }) => leftOutFile(filename, type));

/** The words, or an object around them. */
const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? value : textOf(fieldsOf(value)['value']);

const textPart = (kind: ForeignPart['kind'], text: string): ForeignPart[] =>
  text.trim() === '' ? [] : [{ kind, text }];
