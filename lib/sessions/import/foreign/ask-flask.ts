import type { WrittenPart } from '@/lib/reply/parts';
import type { Fields, ReadConversation } from './conversation';
import { fieldsOf, nameOf, textOf, timeOf } from './unknown-fields';

/** Ask-Flask's export of one session, which is also our `format=json`. Its messages have no ids. */
export const readAskFlask: ReadConversation = (value) => {
  const { id, messages, created_at: createdAt } = value;
  if (typeof id !== 'string' || !Array.isArray(messages) || typeof createdAt !== 'string')
    return null;
  const items = messages.map(fieldsOf);
  if (!items.every(({ role, content }) => typeof role === 'string' && typeof content === 'string'))
    return null;
  return {
    source: 'ask-flask',
    id,
    title: nameOf(value['title']),
    createdAt: timeOf(createdAt),
    updatedAt: timeOf(value['updated_at']),
    model: null,
    systemPrompt: null,
    pinned: false,
    archived: false,
    head: null,
    nodes: items.map((message, index) => ({
      id: String(index + 1),
      parent: index === 0 ? null : String(index),
      role: message['role'] === 'assistant' ? 'assistant' : 'user',
      parts: partsOf(message),
      model: null,
      createdAt: timeOf(message['created_at']),
    })),
  };
};

/** Only what a person or a model said. Our own replies may have reasoning. */
function partsOf({ role, content, parts }: Fields): WrittenPart[] {
  if (role !== 'user' && role !== 'assistant') return [];
  if (!Array.isArray(parts)) return [{ kind: 'text', text: textOf(content) }];
  return parts
    .map(fieldsOf)
    .filter(({ kind }) => kind === 'text' || kind === 'reasoning')
    .map(({ kind, text }) => ({
      kind: kind === 'text' ? 'text' : 'reasoning',
      text: textOf(text),
    }));
}
