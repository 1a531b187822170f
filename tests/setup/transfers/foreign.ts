interface Foreign {
  readonly app: string;
  /** A conversation of so many messages: Word 1, Word 2… */
  readonly file: (count: number) => unknown;
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
const id = (n: number) => `m${String(n)}`;
const word = (n: number) => `Word ${String(n)}`;
const isAsked = (n: number) => n % 2 === 1;
const seconds = (n: number) => 1_700_000_000 + n;
const iso = (n: number) => new Date(seconds(n) * 1000).toISOString();

/** A conversation in the shape of each app that can be imported. */
export const FOREIGN: readonly Foreign[] = [
  {
    app: 'ChatGPT',
    file: (count) => [
      {
        conversation_id: 'c',
        title: 'T',
        create_time: seconds(0),
        update_time: seconds(count),
        current_node: id(count),
        mapping: Object.fromEntries(
          numbers(count).map((n) => [
            id(n),
            {
              id: id(n),
              parent: n === 1 ? null : id(n - 1),
              message: {
                author: { role: isAsked(n) ? 'user' : 'assistant' },
                create_time: seconds(n),
                content: { content_type: 'text', parts: [word(n)] },
              },
            },
          ]),
        ),
      },
    ],
  },
  {
    app: 'Claude',
    file: (count) => [
      {
        uuid: 'c',
        name: 'T',
        created_at: iso(0),
        updated_at: iso(count),
        chat_messages: numbers(count).map((n) => ({
          uuid: id(n),
          sender: isAsked(n) ? 'human' : 'assistant',
          created_at: iso(n),
          text: word(n),
        })),
      },
    ],
  },
  {
    app: 'Open WebUI',
    file: (count) => [
      {
        id: 'c',
        title: 'T',
        updated_at: seconds(count),
        chat: {
          history: {
            currentId: id(count),
            messages: Object.fromEntries(
              numbers(count).map((n) => [
                id(n),
                {
                  id: id(n),
                  parentId: n === 1 ? null : id(n - 1),
                  role: isAsked(n) ? 'user' : 'assistant',
                  content: word(n),
                  timestamp: seconds(n),
                },
              ]),
            ),
          },
        },
      },
    ],
  },
  {
    app: 'LibreChat',
    file: (count) => ({
      conversationId: 'c',
      title: 'T',
      endpoint: 'openAI',
      messages: numbers(count).map((n) => ({
        messageId: id(n),
        parentMessageId: n === 1 ? '00000000-0000-0000-0000-000000000000' : id(n - 1),
        isCreatedByUser: isAsked(n),
        text: word(n),
        createdAt: iso(n),
      })),
    }),
  },
  {
    app: 'Ask-Flask',
    file: (count) => ({
      id: 'c',
      title: 'T',
      created_at: iso(0),
      updated_at: iso(count),
      messages: numbers(count).map((n) => ({
        role: isAsked(n) ? 'user' : 'assistant',
        content: word(n),
        tokens: null,
        created_at: iso(n),
      })),
    }),
  },
];

/** Each text with U+0000 and half a character, and longer than a title may be. */
export const hostileConversation = (file: unknown): unknown =>
  JSON.parse(
    JSON.stringify(file).replaceAll(/"(T|Word \d)"/g, `"$1 \\u0000\\ud800${'x'.repeat(3000)}"`),
  );
