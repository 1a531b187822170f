import { expect, test } from 'vitest';
import { outline, readAll } from './testing';

const node = (id: string, parent: string | null, message: object | null) => ({
  id,
  parent,
  message,
});
const said = (role: string, parts: unknown[], more: object = {}) => ({
  author: { role },
  content: { content_type: 'text', parts },
  ...more,
});
const conversation = (nodes: ReturnType<typeof node>[], more: object = {}) => ({
  conversation_id: 'c1',
  title: 'Trip',
  create_time: 1_700_000_000.5,
  update_time: 1_700_000_100,
  mapping: Object.fromEntries(nodes.map((each) => [each.id, each])),
  ...more,
});

test('reads a branched conversation of 2026, without children, by its current node', async () => {
  const [read] = await readAll([
    conversation(
      [
        node('root', null, null),
        node('sys', 'root', said('system', ['You are ChatGPT'])),
        node('ctx', 'sys', {
          author: { role: 'user' },
          content: { content_type: 'user_editable_context', user_profile: 'secret' },
        }),
        node('q', 'ctx', said('user', ['Where to?'], { create_time: 1_700_000_001 })),
        node('a1', 'q', said('assistant', ['Rome'], { metadata: { model_slug: 'gpt-5' } })),
        node('a2', 'q', said('assistant', ['Oslo'], { create_time: 1_700_000_050 })),
        node('q2', 'a1', said('user', ['When?'])),
        node(
          'hid',
          'q2',
          said('assistant', ['x'], { metadata: { is_visually_hidden_from_conversation: true } }),
        ),
        node('a3', 'hid', said('assistant', ['May'])),
      ],
      { current_node: 'a3', default_model_slug: 'gpt-4o', is_archived: true, is_starred: true },
    ),
  ]);
  expect(outline(read)).toEqual([
    '1 < 0 user: Where to?',
    '2 < 1 assistant: Rome',
    '3 < 1 assistant: Oslo',
    '4 < 2 user: When?',
    '5 < 4 assistant: May',
    'head 5',
  ]);
  expect(read).toMatchObject({
    session: {
      id: 'c1',
      source: 'chatgpt',
      title: 'Trip',
      pinned_at: new Date(1_700_000_100_000),
      archived_at: new Date(1_700_000_100_000),
      created_at: new Date(1_700_000_000_500),
      updated_at: new Date(1_700_000_100_000),
    },
  });
  const models = read && 'session' in read ? read.session.messages.map(({ model }) => model) : [];
  expect(models).toEqual([null, 'gpt-5', 'gpt-4o', null, 'gpt-4o']);
});

test('thoughts, tool calls and steps of one reply are one reply', async () => {
  const [read] = await readAll([
    conversation([
      node('q', null, said('user', ['Add'])),
      node('t', 'q', {
        author: { role: 'assistant' },
        content: { content_type: 'thoughts', thoughts: [{ summary: 'Plan', content: 'Sum it' }] },
      }),
      node('c', 't', {
        author: { role: 'assistant' },
        recipient: 'python',
        content: { content_type: 'code', language: 'python', text: '1+1' },
      }),
      node('o', 'c', {
        author: { role: 'tool', name: 'python' },
        content: { content_type: 'execution_output', text: '2' },
      }),
      node('r', 'o', {
        author: { role: 'assistant' },
        content: { content_type: 'reasoning_recap', content: 'Thought for 2 s' },
      }),
      node('a', 'r', said('assistant', ['It is 2.'])),
      node('b', 'a', {
        author: { role: 'assistant' },
        recipient: 'all',
        content: { content_type: 'code', language: 'unknown', text: 'a ``` b' },
      }),
    ]),
  ]);
  expect(outline(read)).toEqual([
    '1 < 0 user: Add',
    '2 < 1 assistant: (Plan\n\nSum it) It is 2.\n\n````\na ``` b\n````',
    'head 2',
  ]);
});

test('a canvas leaves a placeholder with its name', async () => {
  const call = (id: string, parent: string, recipient: string, content: object) =>
    node(id, parent, { author: { role: 'assistant' }, recipient, content });
  const text = JSON.stringify({ name: 'letter', type: 'document', content: 'Dear' });
  const [read] = await readAll([
    conversation([
      node('q', null, said('user', ['Write'])),
      call('c', 'q', 'canmore.create_textdoc', { content_type: 'text', parts: [text] }),
      call('u', 'c', 'canmore.update_textdoc', { content_type: 'text', parts: ['{}'] }),
      call('d', 'u', 'canmore.create_textdoc', { content_type: 'code', text: 'cut {"na' }),
      node('a', 'd', said('assistant', ['There.'])),
    ]),
  ]);
  expect(outline(read)).toEqual([
    '1 < 0 user: Write',
    '2 < 1 assistant: [File: letter]\n\n[File]\n\nThere.',
    'head 2',
  ]);
});

test('images, voice and files leave a placeholder, what was spoken is the text', async () => {
  const [read] = await readAll([
    conversation([
      node('q', null, {
        author: { role: 'user' },
        content: {
          content_type: 'multimodal_text',
          parts: [
            { content_type: 'image_asset_pointer', asset_pointer: 'sediment://file_1' },
            { content_type: 'audio_transcription', text: 'Hello', direction: 'in' },
            { content_type: 'audio_asset_pointer' },
            'typed',
            { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-3' },
            { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-4' },
          ],
        },
        metadata: {
          attachments: [
            { name: 'a.png', mime_type: 'image/png' },
            { name: 'b.pdf' },
            { id: 'file-3', name: 'c\n.png', mime_type: 'image/png' },
          ],
        },
      }),
      node('v', 'q', {
        author: { role: 'assistant' },
        content: {
          content_type: 'multimodal_text',
          parts: [{ content_type: 'audio_asset_pointer' }],
        },
      }),
    ]),
  ]);
  expect(outline(read).slice(0, 2)).toEqual([
    '1 < 0 user: [Image: a.png]\n\nHello\n\ntyped\n\n[Image: c .png]\n\n[Image]\n\n[File: b.pdf]',
    '2 < 1 assistant: [Recording]',
  ]);
  expect(read).toMatchObject({ session: { left_out: 6 } });
});

test('what a tool drew has a placeholder; what else a tool says does not show', async () => {
  const drawn = (metadata: object) => ({
    author: { role: 'tool', name: 'a tool' },
    content: {
      content_type: 'multimodal_text',
      parts: ['words', { content_type: 'image_asset_pointer', metadata }],
    },
  });
  const [read] = await readAll([
    conversation([
      node('q', null, said('user', ['Draw'])),
      node('d', 'q', drawn({ dalle: { prompt: 'a cat' } })),
      node('p', 'd', drawn({ dalle: null })),
      node('a', 'p', said('assistant', ['There.'])),
    ]),
  ]);
  expect(outline(read)).toEqual([
    '1 < 0 user: Draw',
    '2 < 1 assistant: [Image]\n\nThere.',
    'head 2',
  ]);
  expect(read).toMatchObject({ session: { left_out: 1 } });
});

test('citations become links; marks that only its page understands are taken out', async () => {
  const mark = '\uE200cite\uE202turn0search0\uE202turn0news1\uE201';
  const text = `Rain.${mark} Sun.\uE200cite\uE202turn9search9\uE201 Old【3†source】. [f](sandbox:/mnt/data/f.csv)\n:::writing{id="1"}\nDear\n:::`;
  const [read] = await readAll([
    conversation([
      node('q', null, said('user', ['Weather'])),
      node(
        'a',
        'q',
        said('assistant', [text], {
          metadata: {
            content_references: [
              {
                matched_text: mark,
                type: 'grouped_webpages',
                items: [
                  { url: 'https://a.example/x_(y)', title: 'A [1]' },
                  { url: 'javascript:alert(1)', title: 'Bad' },
                ],
              },
            ],
          },
        }),
      ),
    ]),
  ]);
  expect(outline(read)[1]).toBe(
    String.raw`2 < 1 assistant: Rain. ([A \[1\]](https://a.example/x_%28y%29)) Sun. Old. f` +
      '\n\nDear\n',
  );
});

test('a file of children alone, without ids, times or a current node, is read too', async () => {
  const [read] = await readAll([
    {
      id: 'old',
      title: null,
      mapping: {
        a: { message: said('user', ['1']), children: ['b', 'c'] },
        b: { message: said('assistant', ['2']), children: [] },
        c: { message: said('assistant', ['3']), children: [] },
        e: {
          message: {
            author: { role: 'assistant' },
            content: { content_type: 'new_type', text: '4' },
          },
          parent: 'a',
        },
        f: { message: {}, parent: 'a' },
      },
    },
  ]);
  expect(outline(read)).toEqual([
    '1 < 0 user: 1',
    '2 < 1 assistant: 2',
    '3 < 1 assistant: 3',
    '4 < 1 assistant: 4',
    'head 4',
  ]);
  expect(read).toMatchObject({
    session: { title: null, created_at: new Date(Date.UTC(2026, 10, 1)) },
  });
});

test.each([
  ['cycle', [node('a', 'b', said('user', ['1'])), node('b', 'a', said('assistant', ['2']))]],
  ['missing-parent', [node('a', 'gone', said('user', ['1']))]],
  ['empty', [node('a', null, said('user', ['']))]],
] as const)('reports a conversation with %s, and reads the others', async (reason, nodes) => {
  const good = conversation([node('q', null, said('user', ['ok']))], { conversation_id: 'c2' });
  expect(await readAll([conversation([...nodes]), good])).toMatchObject([
    { skipped: reason, id: 'c1', title: 'Trip' },
    { session: { id: 'c2' } },
  ]);
});
