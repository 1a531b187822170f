import { randomUUID } from 'node:crypto';
import { randomOf, textOf } from './texts.mjs';

const IN_SESSION = 20;
const AT_ONCE = 25;

/** One owner has a tenth of everything, another always the same; a thousand share the rest. */
export const OWNERS = { tenth: 'bench:tenth', same: 'bench:same' };
const SAME = 2000;

const ownerOf = (session) => {
  if (session < SAME / IN_SESSION) return OWNERS.same;
  return session % 10 === 0 ? OWNERS.tenth : `bench:${String(session % 1000)}`;
};

/** Writes sessions until there are `to` messages, without indexing them. */
export async function fill(db, from, to) {
  const { sessions, messages } = db.tables;
  for (let first = from / IN_SESSION; first < to / IN_SESSION; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, n) => first + n);
    const rows = numbers.map((number) => ({ number, id: randomUUID(), owner: ownerOf(number) }));
    await db.transaction(async (query) => {
      await query.insert(sessions).values(rows.map(sessionOf));
      await query.insert(messages).values(rows.flatMap(messagesOf));
    });
  }
}

const START = Date.UTC(2020, 0, 1);
const at = (message) => new Date(START + message * 60_000);

const sessionOf = ({ number, id, owner }) => {
  const now = at(number * IN_SESSION);
  return { id, owner, title: null, lastActivity: now, createdAt: now, updatedAt: now };
};

function messagesOf({ number, id }) {
  const random = randomOf(number);
  return Array.from({ length: IN_SESSION }, (_, n) => ({
    id: randomUUID(),
    sessionId: id,
    seq: n + 1,
    role: n % 2 === 0 ? 'user' : 'assistant',
    content: textOf(random),
    createdAt: at(number * IN_SESSION + n),
  }));
}
