import type { Conversation, Fields, Node, ReadConversation } from './conversation';
import { chatGptParts } from './chatgpt-parts';
import { fieldsOf, isFields, listOf, nameOf, timeOf } from './unknown-fields';

export const readChatGpt: ReadConversation = (value) => {
  const { mapping } = value;
  if (!isFields(mapping)) return null;
  const id = nameOf(value['conversation_id']) ?? nameOf(value['id']);
  if (id === null) return null;
  const fallback = nameOf(value['default_model_slug']);
  return {
    source: 'chatgpt',
    id,
    title: nameOf(value['title']),
    createdAt: timeOf(value['create_time']),
    updatedAt: timeOf(value['update_time']),
    model: fallback,
    systemPrompt: null,
    ...flagsOf(value),
    head: nameOf(value['current_node']),
    nodes: nodesOf(mapping, fallback),
  };
};

const flagsOf = (value: Fields): Pick<Conversation, 'pinned' | 'archived'> => ({
  pinned: value['is_starred'] === true || timeOf(value['pinned_time']) !== null,
  archived: value['is_archived'] === true,
});

function nodesOf(mapping: Fields, fallback: string | null): Node[] {
  const parents = parentsFromChildren(mapping);
  return Object.entries(mapping).map(([id, value]) => {
    const node = fieldsOf(value);
    const message = fieldsOf(node['message']);
    const { role } = fieldsOf(message['author']);
    const isReply = role === 'assistant' || role === 'tool';
    const slug = nameOf(fieldsOf(message['metadata'])['model_slug']);
    return {
      id,
      parent: nameOf(node['parent']) ?? parents.get(id) ?? null,
      role: isReply ? 'assistant' : 'user',
      parts: chatGptParts(message),
      model: isReply ? (slug ?? fallback) : null,
      createdAt: timeOf(message['create_time']),
    };
  });
}

/** Files name the parent, the children, or both. */
function parentsFromChildren(mapping: Fields): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, node] of Object.entries(mapping))
    for (const child of listOf(fieldsOf(node)['children']))
      if (typeof child === 'string') parents.set(child, id);
  return parents;
}
