import type { WrittenPart } from '@/lib/reply/parts';
import type { Fields, Node, ReadConversation } from './conversation';
import { fieldsOf, isFields, listOf, nameOf, textOf, timeOf } from './unknown-fields';
import { withoutDetails } from './details';

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
  const said = messages.filter(isFields);
  const idOf = (index: number) => nameOf(said[index]?.['id']) ?? String(index);
  return said.map((message, index) =>
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

function partsOf({ role, content, files }: Fields): WrittenPart[] {
  if (role !== 'user' && role !== 'assistant') return [];
  const said: WrittenPart[] =
    role === 'assistant'
      ? withoutDetails(textOf(content))
      : [{ kind: 'text', text: textOf(content) }];
  const attached = listOf(files)
    .map(fieldsOf)
    .flatMap(({ name, type }) => {
      const what = nameOf(name) ?? (type === 'image' ? 'image' : null);
      return what === null ? [] : [{ kind: 'text' as const, text: `[File: ${what}]` }];
    });
  return [...said, ...attached].filter(({ text }) => text.trim() !== '');
}

/** Of a bare chat without an id. */
const ownId = (chat: Fields, [first]: readonly Node[]): string =>
  first?.id ?? `${textOf(chat['title']).slice(0, 200)} ${String(chat['timestamp'])}`;
