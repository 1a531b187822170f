/** What is said in the films. */
export const STREAMED = {
  question: 'How does a Bloom filter work?',
  reply: `A **Bloom filter** answers one question in very little memory: *have I seen this before?*

1. It is a row of bits, all 0 at first.
2. To **add** a word, hash it a few times and set those bits.
3. To **ask**, hash it again: a bit that is still 0 means *never*.

\`\`\`python
def might_contain(word):
    return all(bits[h(word)] for h in hashes)
\`\`\`

| It says | The truth |
|:--|:--|
| no | certainly not |
| yes | probably |

With ten bits for each word, one *yes* in a hundred is wrong.`,
};

export const LIMITED = {
  seconds: 6,
  first: {
    question: 'Name three rivers that end in the Black Sea.',
    reply: 'The **Danube**, the **Dnieper** and the **Dniester**.',
  },
  second: {
    question: 'Which of them is the longest?',
    reply: 'The **Danube**, with 2,850 km from the Black Forest to its delta.',
  },
};

/** When the stills are taken, by the clock of the page. */
export const NOW = '2026-03-12T16:20:00.000Z';

const question = 'What should I think of before I move my notes app from SQLite to Postgres?';

const advice = `Most of the work is not the data but the **habits** that SQLite allowed. In order of surprise:

| | SQLite | Postgres |
|:--|:--|:--|
| A column’s type | a suggestion | a promise |
| Text in \`LIKE\` | ignores case | minds it |
| Writers at a time | one | many |
| Backup | copy a file | \`pg_dump\` |

Move the rows in one transaction, so that a mistake leaves nothing behind:

\`\`\`typescript
await postgres.transaction(async (move) => {
  for (const note of sqlite.notes()) {
    await move.insert(notes).values({ ...note, pinned: note.pinned === 1 });
  }
});
\`\`\`

A search index adds about $\\tfrac{1}{3}$ of the text’s size. Let both run for a week before you switch.`;

const MEMORY = `- Is moving a notes app from SQLite to Postgres
- Writes TypeScript with Drizzle
- Prefers short answers with a table
- Runs it on one small server at home`;

const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const message = (number, role, content, time, more = {}) => ({
  id: id(number),
  parent: number % 100 === 1 ? null : id(number - 1),
  seq: number % 100,
  role,
  content,
  created_at: time,
  ...more,
});

const session = (number, title, time, more = {}) => ({
  id: id(number * 100),
  title,
  created_at: time,
  updated_at: time,
  last_activity: time,
  messages: [message(number * 100 + 1, 'user', title, time)],
  ...more,
});

/** A file for import: what the stills show. The first session is the one that is open. */
export const SESSIONS = {
  format: 'ask-next',
  version: 1,
  exported_at: NOW,
  sessions: [
    session(1, 'From SQLite to Postgres', '2026-03-12T16:07:00.000Z', {
      memory: MEMORY,
      memory_pinned: ['- Prefers short answers with a table'],
      tags: ['notes app'],
      tokens: 689,
      context_tokens: 689,
      head: id(102),
      messages: [
        message(101, 'user', question, '2026-03-12T16:07:00.000Z'),
        message(102, 'assistant', advice, '2026-03-12T16:07:00.000Z', {
          model: 'llama-3.3-70b',
          tokens: 318,
          usage: { prompt_tokens: 371, completion_tokens: 318, total_tokens: 689 },
          first_token_ms: 400,
          total_ms: 4200,
        }),
      ],
    }),
    session(2, 'A birthday speech for Nadia', '2026-03-12T09:40:00.000Z'),
    session(3, 'Why sourdough needs salt', '2026-03-11T19:05:00.000Z'),
    session(4, 'Train from Porto to Vigo', '2026-03-11T08:30:00.000Z'),
    session(5, 'Reading list on fermentation', '2026-03-08T11:00:00.000Z', {
      pinned_at: '2026-03-08T11:00:00.000Z',
    }),
    session(6, 'Regex for postal codes', '2026-03-07T14:20:00.000Z'),
    session(7, 'Names for a quiet cat', '2026-03-06T21:10:00.000Z'),
  ],
};
