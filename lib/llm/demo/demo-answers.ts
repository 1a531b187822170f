import { MEMORY_HEAD } from '@/lib/chat/prompt/prompt';
import type { PromptMessage } from '@/lib/ports/model';
import { PROMPTED, promptedAbout } from './demo-prompts';

/** A canned answer that fits the message. Together they show all of our Markdown. */
export function answerFor(messages: readonly PromptMessage[]): string {
  const question = messages.at(-1)?.content ?? '';
  const system = messages.find(({ role }) => role === 'system')?.content ?? '';
  const [, memory] = system.split(MEMORY_HEAD);
  const earlier = messages.filter(({ role }) => role === 'user').slice(0, -1);
  const remembered = [
    earlier.length > 0 &&
      `I can see your ${String(earlier.length + 1)} messages. The first was “${quote(earlier[0]?.content ?? '')}”.`,
    memory && `The memory of this chat:\n\n> ${memory.split('\n').join('\n> ')}`,
  ].filter(Boolean);
  return [bodyFor(question), ...remembered].join('\n\n');
}

const bodyFor = (question: string): string =>
  PROMPTED.get(question.trim()) ?? promptedAbout(question) ?? topicOf(question)(quote(question));

const topicOf = (question: string): Answer =>
  TOPICS.find(([pattern]) => pattern.test(question))?.[1] ?? tour;

/** The beginning of the user's text, on one line and without Markdown. */
function quote(text: string): string {
  const plain = text
    .replaceAll(/[*_`[\]<>#|\\~]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = Array.from(plain);
  if (characters.length <= QUOTE_MAX) return plain || '…';
  return `${characters.slice(0, QUOTE_MAX).join('').trim()}…`;
}

const QUOTE_MAX = 60;

type Answer = (question: string) => string;

const greeting: Answer =
  () => `Hello! I’m the **demo** that comes with Ask-Next. I can show you how replies look here:

- ask for *code* and you get some, in three languages
- ask me to *compare* things and you get a table
- ask for a *plan* and you get a list to tick off

What would you like to see?`;

const code: Answer = (
  question,
) => `${/fibonacci/i.test(question) ? '' : 'I’m only the demo and know one program: the Fibonacci numbers. '}Here is the same small function in Python, TypeScript and SQL. Each block has its own **copy** button.

\`\`\`python
def fibonacci(n: int) -> list[int]:
    """The first n numbers, each the sum of the two before it."""
    numbers = [0, 1]
    while len(numbers) < n:
        numbers.append(numbers[-1] + numbers[-2])
    return numbers[:n]
\`\`\`

\`\`\`typescript
export function fibonacci(n: number): number[] {
  const numbers = [0, 1];
  while (numbers.length < n) {
    numbers.push(numbers.at(-1)! + numbers.at(-2)!);
  }
  return numbers.slice(0, n); // also right for n < 2
}
\`\`\`

\`\`\`sql
WITH RECURSIVE fibonacci(a, b) AS (
  SELECT 0, 1
  UNION ALL
  SELECT b, a + b FROM fibonacci LIMIT 10
)
SELECT a FROM fibonacci;
\`\`\`

In a shell you would run it with \`python fibonacci.py\`.`;

/** The two things that a question compares. */
const PAIR =
  /\bcompare\s+(.+?)\s+(?:and|with|to|or|vs\.?|versus)\s+(.+?)(?:[,.;:?!]|\s(?:for|in|as|by)\s|$)/i;

const comparison: Answer = (question) => {
  const [, one, other] = PAIR.exec(question) ?? [];
  return one && other ? emptyComparison(one, other) : databases;
};

const emptyComparison = (
  one: string,
  other: string,
) => `I’m only the demo, so I know nothing about **${one}** or **${other}**. A model would fill a table like this one:

| | ${one} | ${other} |
|:--|:--|:--|
| Good for | … | … |
| Less good for | … | … |
| Costs | … | … |
| Choose it when | … | … |

Connect a model and ask again: *Settings*, then *Model connection*.`;

const databases = `## Where to keep the data

| | SQLite | PostgreSQL |
|:--|:-:|:-:|
| Services to run | none | one |
| Good for | one machine | several machines |
| Backup | copy a file | \`pg_dump\` |
| Set up by | nothing | \`DATABASE_URI\` |

**In short:** start with SQLite. Move when one machine is no longer enough; nothing else changes.`;

const plan: Answer = (question) => `### A plan for “${question.replace(PLANNING, '') || question}”

I’m only the demo, so these steps fit anything:

1. **Understand** what is wanted
   - write down one sentence
   - show it to somebody
2. **Build** the smallest thing that works
3. **Look** at it, then improve

- [x] ask for a plan
- [ ] change it until it is yours
- [ ] begin

> Plans are nothing; planning is everything.`;

/** Words that come before the subject of a plan. */
const PLANNING =
  /^(please\s+)?(make|write|give me|draw up)?\s*(an?\s+|the\s+)?plan(\s+for|\s*:)?\s+/i;

const tour: Answer = (
  question,
) => `I’m only the demo, so I can’t answer “${question}”. Here is what a reply can look like:

## Text

Words can be **bold**, *italic*, ~~struck out~~ or \`code\`, and [links](https://commonmark.org/help/) open in a new tab. A footnote waits at the end.[^1]

## Code

\`\`\`js
const greet = (name) => \`Hello, \${name}!\`;
console.log(greet('world'));
\`\`\`

## A table

| Ask for | and see |
|:--|--:|
| code | three languages |
| a comparison | a wider table |
| a plan | lists, ticks, a quote |

[^1]: Like this one.`;

const TOPICS: readonly (readonly [RegExp, Answer])[] = [
  [/^\s*(hi|hello|hey|hallo|good (morning|evening|day))\b/i, greeting],
  [/\b(code|function|script|program|python|typescript|javascript|sql|regex)\b/i, code],
  [/\b(compare|comparison|versus|vs\.?|table|difference)\b/i, comparison],
  [/\b(plan|steps|how do i|how to|list|todo)\b/i, plan],
];
