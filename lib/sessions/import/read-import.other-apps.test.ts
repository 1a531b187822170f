import { expect, test } from 'vitest';
import { withoutDetails } from './foreign/details';
import { outline, readAll } from './testing';

const ROOT = '00000000-0000-4000-8000-000000000000';

test('Claude: a tree with thoughts, citations and a long paste', async () => {
  const message = (uuid: string, parent: string, sender: string, content: object[], more = {}) => ({
    uuid,
    sender,
    text: '',
    content,
    created_at: '2026-01-02T03:04:05Z',
    parent_message_uuid: parent,
    ...more,
  });
  const [read] = await readAll([
    {
      uuid: 'c',
      name: '',
      created_at: '2026-01-02T03:04:05.123456Z',
      updated_at: '2026-01-02T03:05:05Z',
      is_starred: true,
      current_leaf_message_uuid: 'a1',
      chat_messages: [
        message('q', ROOT, 'human', [], {
          attachments: [{ file_name: 'paste.txt', extracted_content: 'long words' }],
          files: [{ file_name: 'x.png' }],
        }),
        message('a1', 'q', 'assistant', [
          { type: 'thinking', thinking: 'Hm' },
          {
            type: 'text',
            text: 'Yes. No.',
            citations: [{ end_index: 4, details: { url: 'https://b.example/' } }],
          },
          {
            type: 'tool_use',
            id: null,
            name: 'artifacts',
            input: { command: 'create', title: 'A clock', content: '<p>12</p>' },
          },
          { type: 'tool_use', name: 'artifacts', input: { command: 'update' } },
          { type: 'tool_use', name: 'create_file', input: { path: '/out/a.py', file_text: 'x' } },
          { type: 'tool_use', name: 'web_search', input: { query: 'x' } },
          { type: 'token_budget' },
        ]),
        message('a2', 'q', 'assistant', [{ type: 'text', text: 'Other' }]),
      ],
    },
  ]);
  expect(outline(read)).toEqual([
    '1 < 0 user: [File: paste.txt]\n\nlong words\n\n[Image: x.png]',
    '2 < 1 assistant: (Hm) Yes. ([b.example](https://b.example/)) No.\n\n[File: A clock]\n\n[File: /out/a.py]',
    '3 < 1 assistant: Other',
    'head 2',
  ]);
  expect(read).toMatchObject({
    session: { title: null, source: 'claude', pinned_at: expect.any(Date) },
  });
});

test('Claude: an older file is a list', async () => {
  const chat_messages = [
    { uuid: '1', sender: 'human', text: 'Hi' },
    { uuid: '2', sender: 'assistant', text: 'Hello' },
  ];
  const [read] = await readAll([{ uuid: 'c', name: 'Old', chat_messages }]);
  expect(outline(read)).toEqual(['1 < 0 user: Hi', '2 < 1 assistant: Hello', 'head 2']);
});

test('Open WebUI: a tree with reasoning and tools in its HTML', async () => {
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

test('Open WebUI: a text of openings alone takes no more than one search for their end', () => {
  const opening = '<details type="reasoning">';
  const parts = withoutDetails(`${opening.repeat(60_000)}</details>Done`);
  expect(parts.map(({ kind }) => kind)).toEqual(['reasoning', 'text']);
});

test('Open WebUI: the pages that a reply cites come along', async () => {
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

test('Open WebUI: a damaged history is reported', async () => {
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

test('LibreChat: a nested tree, and a list', async () => {
  const root = '00000000-0000-0000-0000-000000000000';
  const question = { messageId: 'q', parentMessageId: root, isCreatedByUser: true, text: 'Hi' };
  const content = [
    { type: 'think', think: 'Hm' },
    { type: 'text', text: { value: 'Hello' } },
    { type: 'tool_call', tool_call: {} },
  ];
  const answer = { messageId: 'a', parentMessageId: 'q', model: 'm', content };
  const broken = { messageId: 'e', parentMessageId: 'q', error: true, text: 'no' };
  const head = {
    conversationId: 'l',
    endpoint: 'openAI',
    title: 'L',
    exportAt: '12:01:02 GMT',
    recursive: true,
  };
  const expected = ['1 < 0 user: Hi', '2 < 1 assistant: (Hm) Hello', 'head 2'];
  const tree = await readAll({
    ...head,
    messagesTree: [{ ...question, children: [answer, broken] }],
  });
  expect(tree.map(outline)).toEqual([expected]);
  expect(tree).toMatchObject([{ session: { messages: [{ model: null }, { model: 'm' }] } }]);
  const list = await readAll({ ...head, messages: [question, answer, broken] });
  expect(list.map(outline)).toEqual([expected]);
});

test('LibreChat: a tree as deep as a long conversation', async () => {
  let message = '';
  for (let n = 2000; n > 0; n -= 1)
    message = `{"messageId":"${String(n)}","isCreatedByUser":${String(n % 2 === 1)},"text":"t","children":[${message}]}`;
  const [read] = await readAll(`{"conversationId":"l","messagesTree":[${message}]}`);
  expect(outline(read).at(-1)).toBe('head 2000');
});

test('Ask-Flask, and our own file of one session in its format', async () => {
  const file = {
    id: 's',
    title: 'Mine',
    created_at: '2026-01-02T03:04:05.678+00:00',
    updated_at: '2026-01-02T03:04:06+00:00',
    messages: [
      { role: 'user', content: 'Hi', tokens: null, created_at: '2026-01-02T03:04:05+00:00' },
      {
        role: 'assistant',
        content: 'Yo',
        parts: [
          { kind: 'reasoning', text: 'Hm' },
          { kind: 'text', text: 'Yo' },
        ],
      },
    ],
  };
  const [read] = await readAll(file);
  expect(outline(read)).toEqual(['1 < 0 user: Hi', '2 < 1 assistant: (Hm) Yo', 'head 2']);
});

const image = { type: 'image', name: 'a.png' };
const pdf = { type: 'file', name: 'b.pdf' };
const leftOut: [string, object, string, number][] = [
  [
    'Claude',
    {
      uuid: 'c',
      chat_messages: [
        {
          sender: 'human',
          content: [{ type: 'text', text: 'See' }, { type: 'image' }],
          attachments: [{ file_name: 'words.txt', extracted_content: 'w' }, { file_name: 'x.zip' }],
          files: [{ file_uuid: '1', file_name: 'a.png' }],
        },
      ],
    },
    'See\n\n[Image]\n\n[File: words.txt]\n\nw\n\n[File: x.zip]\n\n[Image: a.png]',
    3,
  ],
  [
    'Claude, from a tool',
    {
      uuid: 'c',
      chat_messages: [
        {
          sender: 'human',
          content: [
            { type: 'tool_result', content: [{ type: 'text', text: 'no' }, { type: 'image' }] },
          ],
        },
      ],
    },
    '[Image]',
    1,
  ],
  [
    'Open WebUI',
    {
      id: 'o',
      chat: {
        models: [],
        messages: [
          {
            role: 'user',
            content: 'See ![x](data:image/png;base64,AAAA) and ![y](https://a.example/y.png)',
            files: [image, { type: 'image' }, pdf],
          },
        ],
      },
    },
    'See\n\n[Image: x]\n\nand ![y](https://a.example/y.png)\n\n[Image: a.png]\n\n[Image]\n\n[File: b.pdf]',
    4,
  ],
  [
    'Open WebUI, with a list of parts',
    {
      id: 'o',
      chat: {
        models: [],
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'See' },
              { type: 'image_url', image_url: {} },
            ],
          },
        ],
      },
    },
    'See\n\n[Image]',
    1,
  ],
  [
    'LibreChat',
    {
      conversationId: 'l',
      messages: [
        {
          isCreatedByUser: true,
          text: 'See',
          content: [{ type: 'image_file', image_file: { filename: 'a.png' } }],
          files: [{ filename: 'b.pdf', type: 'application/pdf' }],
          attachments: [{ type: 'web_search' }, { filename: 'plot', type: 'image/png' }],
        },
      ],
    },
    'See\n\n[Image: a.png]\n\n[File: b.pdf]\n\n[Image: plot]',
    3,
  ],
];
test.each(leftOut)('%s: images and files are named and counted', async (_, file, line, count) => {
  const [read] = await readAll(file);
  expect(outline(read)[0]).toBe(`1 < 0 user: ${line}`);
  expect(read).toMatchObject({ session: { left_out: count } });
});
