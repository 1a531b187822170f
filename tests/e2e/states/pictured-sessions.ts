/** What the page's clock says while pictures are taken. */
export const NOW = '2026-03-12T16:20:00.000Z';

const question = 'How do I move my notes from SQLite to Postgres?';

const reply = `Copy them in **one transaction**, so that a mistake leaves nothing behind. See [the manual](https://example.org/).

1. Stop the app, and note how many rows \`notes\` has.
2. Copy, and count again.

\`\`\`ts
await postgres.transaction(async (move) => {
  for (const note of notes) await move.insert(note);
});
\`\`\`

| | SQLite | Postgres |
|:--|:--|--:|
| Writers | one | many |
| Size | 12 MB | 19 MB |

An index adds about $\\tfrac{1}{3}$ to the size $s$:

$$s_n = \\frac{4}{3}\\, s$$

> [!NOTE]
> Let both run for a week.`;

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const message = (number: number, role: string, content: string, more: object = {}) => ({
  id: id(number),
  parent: number % 100 === 1 ? null : id(number - 1),
  seq: number % 100,
  role,
  content,
  created_at: '2026-03-12T16:07:00.000Z',
  ...more,
});

const session = (number: number, title: string, time: string, more: object = {}) => ({
  id: id(number * 100),
  title,
  created_at: time,
  updated_at: time,
  last_activity: time,
  messages: [message(number * 100 + 1, 'user', title)],
  ...more,
});

/** A file for import. The first session has all that a reply may show. */
export const PICTURED = {
  format: 'ask-next',
  version: 1,
  exported_at: NOW,
  sessions: [
    session(1, 'From SQLite to Postgres', '2026-03-12T16:07:00.000Z', {
      head: id(102),
      messages: [
        message(101, 'user', question),
        message(102, 'assistant', reply, { model: 'llama-3.3-70b', tokens: 318 }),
      ],
    }),
    session(2, 'A birthday speech for Nadia', '2026-03-12T09:40:00.000Z'),
    session(
      3,
      'Why sourdough needs salt, and how much of it is too much',
      '2026-03-11T19:05:00.000Z',
    ),
    session(4, 'Reading list on fermentation', '2026-03-08T11:00:00.000Z', {
      pinned_at: '2026-03-08T11:00:00.000Z',
      tags: ['kitchen'],
    }),
    session(5, 'Names for a quiet cat', '2026-03-06T21:10:00.000Z'),
  ],
};
