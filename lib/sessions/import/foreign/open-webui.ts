import { newSources, readSource, sourceText } from '@/lib/reply/source';
import type { Fields, Node, ReadConversation } from './conversation';
import { fieldsOf, isFields, listOf, nameOf, textOf, timeOf } from './unknown-fields';
import { withoutDetails } from './details';
import { leftOut, leftOutFile, type ForeignPart } from './left-out';

/** An exported row with its `chat`, or a bare `chat`. */
export const readOpenWebUi: ReadConversation = (value) => {
  const chat = isFields(value['chat']) ? value['chat'] : value;
  const history = fieldsOf(chat['history']);
  const isTree = isFields(history['messages']);
  const isList = Array.isArray(chat['messages']) && Array.isArray(chat['models']);
  if (!isTree && !isList) return null;
  const nodes = isTree
    ? treeNodes(fieldsOf(history['messages']))
    : listNodes(listOf(chat['messages']));
  const id = nameOf(value['id']) ?? nameOf(chat['id']) ?? ownId(chat, isTree ? nodes : []);
  return {
    source: 'open-webui',
    id,
    title: nameOf(value['title']) ?? nameOf(chat['title']),
    createdAt: timeOf(value['created_at']) ?? timeOf(chat['timestamp']),
    updatedAt: timeOf(value['updated_at']),
    model: nameOf(listOf(chat['models'])[0]),
    systemPrompt: nameOf(chat['system']) ?? nameOf(fieldsOf(chat['params'])['system']),
    pinned: value['pinned'] === true,
    archived: value['archived'] === true,
    head: headOf(chat, history, value),
    nodes,
  };
};

/** Versions named it in several ways. */
const headOf = (chat: Fields, history: Fields, row: Fields): string | null =>
  [history['currentId'], history['current_id'], chat['currentId'], row['current_message_id']]
    .map(nameOf)
    .find((name) => name !== null) ?? null;

const treeNodes = (messages: Fields): Node[] =>
  Object.entries(messages)
    .map(([id, message]) => ({ id, message: fieldsOf(message) }))
    .map(({ id, message }) => nodeOf(message, id, nameOf(message['parentId'])));

const listNodes = (messages: readonly unknown[]): Node[] => {
  const items = messages.filter(isFields);
  const idOf = (index: number) => nameOf(items[index]?.['id']) ?? String(index);
  return items.map((message, index) =>
    nodeOf(message, idOf(index), index === 0 ? null : idOf(index - 1)),
  );
};

const nodeOf = (message: Fields, id: string, parent: string | null): Node => ({
  id,
  parent,
  role: message['role'] === 'assistant' ? 'assistant' : 'user',
  parts: partsOf(message),
  model: message['role'] === 'assistant' ? nameOf(message['model']) : null,
  createdAt: timeOf(message['timestamp']),
});

function partsOf({ role, content, files, sources }: Fields): ForeignPart[] {
  if (role !== 'user' && role !== 'assistant') return [];
  const contents = typeof content === 'string' ? [content] : listOf(content);
  const attached = listOf(files)
    .map(fieldsOf)
    .filter(({ name, type }) => nameOf(name) !== null || type === 'image')
    .map(({ name, type }) => leftOutFile(name, type));
  const cited = role === 'assistant' ? citedIn(sources) : [];
  return [...contents.flatMap((part) => partsIn(part, role)), ...attached, ...cited].filter(
    ({ text }) => text.trim() !== '',
  );
}

/** Web pages in the order of their numbers in the text; a file of a person's own has no address. */
function citedIn(sources: unknown): ForeignPart[] {
  const isNew = newSources();
  return listOf(sources)
    .map(fieldsOf)
    .flatMap(({ source, metadata }) => [...listOf(metadata), source].map(fieldsOf))
    .map((page) => readSource(page['url'] ?? page['source'], page['title'] ?? page['name']))
    .filter((page) => page !== null)
    .filter(isNew)
    .map((page) => ({ kind: 'source', text: sourceText(page) }));
}

/** A text, or a part of one as a program sends it to a model. */
function partsIn(part: unknown, role: Node['role']): ForeignPart[] {
  const { type, text } = fieldsOf(part);
  if (type === 'image_url') return [leftOut('Image', null)];
  const content = typeof part === 'string' ? part : textOf(text);
  const parts: ForeignPart[] =
    role === 'assistant' ? withoutDetails(content) : [{ kind: 'text', text: content }];
  return parts.flatMap((each) => (each.kind === 'text' ? withoutImages(each.text) : [each]));
}

/** An image in the text itself, or at an address that only Open WebUI has. */
const IMAGE = /!\[([^\]\n]{0,300})\]\((?:data:image\/|\/api\/v1\/files\/|\/cache\/)[^)\s]*\)/g;

function withoutImages(text: string): ForeignPart[] {
  const parts: ForeignPart[] = [];
  let at = 0;
  for (const image of text.matchAll(IMAGE)) {
    parts.push({ kind: 'text', text: text.slice(at, image.index).trim() });
    parts.push(leftOut('Image', image[1]));
    at = image.index + image[0].length;
  }
  const rest = text.slice(at);
  return [...parts, { kind: 'text', text: parts.length > 0 ? rest.trim() : rest }];
}

/** Of a bare chat without an id. */
const ownId = (chat: Fields, [first]: readonly Node[]): string =>
  first?.id ?? `${textOf(chat['title']).slice(0, 200)} ${String(chat['timestamp'])}`;
