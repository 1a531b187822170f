import { welcome } from '@/lib/texts/en/welcome';
import { GERMAN_PROMPTED } from './german-prompts';

const { prompts } = welcome;

const tides = `Imagine the sea as a huge blanket of water around the Earth. The **Moon** pulls on that blanket, a bit like a magnet, and lifts it into a soft bulge.

## Why the water goes up and down

1. The Moon pulls hardest on the water **nearest to it**. That makes one bulge.
2. On the far side the pull is weakest, so the water there is left behind a little. That makes a **second bulge**.
3. The Earth spins once a day. Your beach rides through both bulges: *high tide, low tide, high tide, low tide*.

So most beaches have **two high tides** a day, about 12 hours and 25 minutes apart.

| When | What you see |
|:--|:--|
| High tide | The water comes far up the beach |
| Low tide | Rock pools, and sand to dig in |
| Full or new moon | Extra high and extra low: *spring tides* |

> **Try it:** hold a long scarf in a circle and pull it on one side. See how it becomes an egg? You are the Moon.

The Sun pulls too, but it is so far away that it does less than half of the work.[^1]

[^1]: About 46 % of what the Moon does.`;

const comparison = `For a small web app both are good choices. The short answer: **start with SQLite**, and move when more than one machine has to write.

| | SQLite | PostgreSQL |
|:--|:--|:--|
| Runs as | a library in your program | a server of its own |
| To set up | nothing | a user, a database, a port |
| Writers at a time | one, in a queue | many |
| Reads | microseconds, no network | about a millisecond |
| Backup | copy one file (\`.backup\`) | \`pg_dump\`, or streaming |
| Several machines | no | yes |
| Good to know | switch on WAL mode | give it a connection pool |

## When to choose which

- **SQLite** when one server is enough: most small apps never need more.
- **PostgreSQL** when you deploy to several machines, or want its types, extensions and roles.

\`\`\`sql
-- SQLite, once per database:
PRAGMA journal_mode = WAL;
\`\`\`

Keep your SQL plain, and a later move is an afternoon's work.`;

const lisbon = `Two days, good shoes and an appetite. Everything here is reached on foot or by one tram.

## Saturday: the old hills

1. **Morning.** Coffee and a *pastel de nata* in Chiado, then up through Alfama to the **Miradouro da Graça**.
2. **Lunch.** Grilled sardines in a small *tasca* in Mouraria.
3. **Afternoon.** Walk down to the river by the cathedral; sit on the steps of the Praça do Comércio.
4. **Evening.** Petiscos in Bairro Alto, and fado if you are still awake.

## Sunday: along the river

1. **Morning.** Tram 15 to Belém: the monastery, the tower, and the famous pastries while they are warm.
2. **Lunch.** The food hall at LX Factory, under the bridge.
3. **Afternoon.** 4 km on the riverside path back to Cais do Sodré.
4. **Evening.** Seafood rice for two. Order one portion: it is enough.

### Before you go

- [ ] Book the table for Saturday evening
- [ ] Buy a *Navegante* card for tram and ferry
- [x] Ask for a plan

> Lisbon is steep. Plan one long climb a day, in the morning, and let the trams do the others.`;

/** An edited prompt is still about the same thing. */
const ABOUT: readonly (readonly [readonly RegExp[], string])[] = [
  [[/\btides?\b/i], tides],
  [[/\bsqlite\b/i, /\bpostgres/i], comparison],
  [[/\blisbon\b/i, /\b(plan|weekend|days?|trip|visit)\b/i], lisbon],
];

/** The reply to a question that has the words of a prompt of the first page, though not exactly its text. */
export const promptedAbout = (question: string): string | undefined =>
  ABOUT.find(([words]) => words.every((word) => word.test(question)))?.[1];

/** Replies to the prompts of the first page. */
export const PROMPTED: ReadonlyMap<string, string> = new Map([
  [prompts.explain.text, tides],
  [prompts.compare.text, comparison],
  [prompts.plan.text, lisbon],
  ...GERMAN_PROMPTED,
]);
