import { expect, test } from 'vitest';
import { withoutDetails } from './foreign/details';
import { outline, readAll } from './testing';

test('a tree with reasoning and tools in its HTML', async () => {
  const reasoning =
    '<details type="reasoning" done="true" duration="3">\n<summary>Thought</summary>\n&gt; a &lt; b\n&gt; c\n</details>\n<details type="tool_calls" done="true">x</details>\nDone';
  const messages = {
    a: {
      id: 'a',
      parentId: null,
      childrenIds: ['b', 'gone'],
      role: 'user',
      content: 'Go',
      timestamp: 1_700_000_000,
    },
    b: {
      id: 'b',
      parentId: 'a',
      role: 'assistant',
      content: reasoning,
      model: 'qwen3',
      timestamp: 1_700_000_001,
    },
    s: { id: 's', parentId: 'a', role: 'system', content: 'no' },
    c: {
      id: 'c',
      parentId: 'a',
      role: 'assistant',
      content: 'Again',
      timestamp: 1_700_000_002_000,
    },
  };
  const row = {
    id: 'r',
    title: 'T',
    archived: true,
    created_at: 1_700_000_000,
    chat: { models: ['qwen3'], system: 'Be kind', history: { messages, currentId: 'b' } },
  };
  const [read, bare] = await readAll([row, { ...row.chat, title: 'Bare' }]);
  expect(outline(read)).toEqual([
    '1 < 0 user: Go',
    '2 < 1 assistant: (a < b\nc) Done',
    '3 < 1 assistant: Again',
    'head 2',
  ]);
  expect(read).toMatchObject({
    session: {
      archived_at: expect.any(Date),
      system_prompt: 'Be kind',
      messages: [{}, { model: 'qwen3' }, { created_at: new Date(1_700_000_002_000) }],
    },
  });
  expect(bare).toMatchObject({ session: { title: 'Bare', id: 'a' } });
});

test('a text of openings alone takes no more than one search for their end', () => {
  const opening = '<details type="reasoning">';
  const parts = withoutDetails(`${opening.repeat(60_000)}</details>Done`);
  expect(parts.map(({ kind }) => kind)).toEqual(['reasoning', 'text']);
});

test('the pages that a reply cites come along', async () => {
  const sources = [
    {
      source: { name: 'a search', url: 'https://a.example/' },
      metadata: [
        { source: 'https://a.example/', name: 'A' },
        { source: 'https://b.example/', title: 'B' },
        { source: 'notes.pdf', name: 'notes.pdf' },
      ],
    },
    { source: { url: 'https://b.example/' } },
  ];
  const messages = [
    { role: 'user', content: 'Look' },
    { role: 'assistant', content: 'So [1].', sources },
  ];
  const [read] = await readAll({ id: 'o', chat: { models: [], messages } });
  expect(outline(read)[1]).toBe(
    '2 < 1 assistant: So [1]. <https://a.example/> <https://b.example/>',
  );
});

test('a damaged history is reported', async () => {
  const of = (messages: object) => ({ id: 'x', title: 'D', chat: { history: { messages } } });
  const reads = await readAll([
    of({
      a: { parentId: 'b', role: 'user', content: '1' },
      b: { parentId: 'a', role: 'user', content: '2' },
    }),
    of({ a: { parentId: 'gone', role: 'user', content: '1' } }),
  ]);
  expect(reads).toMatchObject([{ skipped: 'cycle' }, { skipped: 'missing-parent' }]);
});
