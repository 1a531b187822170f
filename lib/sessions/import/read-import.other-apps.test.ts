import { expect, test } from 'vitest';
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
