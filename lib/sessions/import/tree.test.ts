import { expect, test } from 'vitest';
import type { Conversation } from './foreign/conversation';
import { keptTree } from './tree';

const RAW = {
  source: 'chatgpt',
  id: 'c',
  title: null,
  createdAt: null,
  updatedAt: null,
  model: null,
  systemPrompt: null,
  pinned: false,
  archived: false,
  head: null,
} as const;

test.each(['user', 'assistant'] as const)(
  'a branch of 20,000 messages by the %s needs no deep stack',
  (role) => {
    const nodes: Conversation['nodes'] = Array.from({ length: 20_000 }, (_, n) => ({
      id: `n${String(n)}`,
      parent: n === 0 ? null : `n${String(n - 1)}`,
      role,
      parts: [{ kind: 'text', text: 'x' }],
      model: null,
      createdAt: null,
    }));
    const tree = keptTree({ ...RAW, nodes: nodes.toReversed() });
    const last = role === 'user' ? nodes.length - 1 : 0;
    expect(typeof tree === 'string' ? tree : tree.head).toBe(`n${String(last)}`);
  },
);
