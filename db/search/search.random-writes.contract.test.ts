import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { ENGINES } from '@/tests/databases/engines';
import { at, createSession, type StoredSession } from '@/tests/setup/stored-session';
import { givenSessions } from '@/tests/setup/stored-sessions';
import { said } from '@/tests/setup/entries';
import { searchIndexed } from '@/tests/databases/search-indexed';

/** Shorter than the words whose inside is searched, so that the scan below is all there is to it. */
const WORDS = ['ant', 'bee', 'beetle', 'cat', 'catkin', 'dog', '猫', '犬猫'];
const QUERIES = [
  'ant',
  'be',
  'beet',
  'cat',
  'cat dog',
  '"cat"',
  '"bee cat"',
  '猫',
  '犬猫',
  'dog ant',
];

const line = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' '));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constant('append'), text: line }),
  fc.record({ act: fc.constant('turn'), text: line, reply: line }),
  fc.record({ act: fc.constant('fail'), text: line }),
  fc.record({ act: fc.constant('rename'), text: line }),
  fc.record({ act: fc.constant('remember'), text: line }),
  fc.record({ act: fc.constant('forget') }),
  fc.record({ act: fc.constant('new') }),
  fc.record({ act: fc.constant('delete') }),
  fc.record({ act: fc.constant('restore') }),
);
interface Step {
  readonly act: string;
  readonly text?: string;
  readonly reply?: string;
}

/** What a session has to say, as a reader who searches without an index would know it. */
interface Known {
  readonly session: StoredSession;
  messages: string[];
  title: string | null;
  memory: string | null;
  isDeleted: boolean;
}

const has = (text: string, q: string): boolean =>
  q.startsWith('"')
    ? ` ${text} `.includes(` ${q.slice(1, -1)} `)
    : q
        .split(' ')
        .every((word) =>
          text.split(' ').some((own) => own.startsWith(word) || (word === '猫' && own === '犬猫')),
        );

describe.each(ENGINES)('on $name', ({ empty }) => {
  let store: Store;
  givenSessions(empty, (given) => {
    ({ store } = given);
  });

  test('after any writes a search finds what a scan finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const first = await createSession(store);
        const known: Known[] = [newlyKnown(first)];
        for (const each of steps) await act(store, known, each);
        for (const q of QUERIES) {
          const texts = known.flatMap(({ isDeleted, messages, title, memory }) =>
            isDeleted ? [] : [...messages, title ?? '', memory ?? ''],
          );
          const scanned = texts.filter((text) => has(text, q)).toSorted();
          expect([q, await all(store, first.owner, q)]).toEqual([q, scanned]);
        }
      }),
      { numRuns: 8 },
    );
  });
});

const newlyKnown = (session: StoredSession): Known => ({
  session,
  messages: [],
  title: null,
  memory: null,
  isDeleted: false,
});

async function all(store: Store, owner: string, q: string): Promise<string[]> {
  const texts: string[] = [];
  let below: number | null = null;
  do {
    const { hits, next } = await searchIndexed(store, { owner, q, filter: {}, below });
    texts.push(...hits.map(({ snippet }) => snippet));
    below = next;
  } while (below !== null);
  return texts.toSorted();
}

async function act(store: Store, known: Known[], { act: kind, ...texts }: Step): Promise<void> {
  const last = known.at(-1);
  if (!last) return;
  if (kind === 'restore') await restoreOne(store, known);
  else if (kind === 'new' || last.isDeleted)
    known.push(newlyKnown(await createSession(store, last.session.owner)));
  else await ACTS[kind]?.(last, { text: '', reply: '', ...texts }, store);
}

async function restoreOne(store: Store, known: Known[]): Promise<void> {
  const deleted = known.find(({ isDeleted }) => isDeleted);
  if (!deleted) return;
  await store.sessions.restore(deleted.session.owner, deleted.session.sessionId, at(9));
  deleted.isDeleted = false;
}

type Act = (known: Known, texts: Required<Omit<Step, 'act'>>, store: Store) => Promise<void>;
const ACTS: Readonly<Record<string, Act>> = {
  async append(known, { text }) {
    await known.session.append(text);
    known.messages.push(text);
  },
  async turn(known, { text, reply }) {
    const { turn } = await known.session.begin({ text });
    await known.session.end(turn.requestId, { entries: said(reply) });
    known.messages.push(text, reply);
  },
  async fail({ session }, { text }) {
    const { turn } = await session.begin({ text });
    await session.end(turn.requestId, { state: 'failed', entries: [] });
  },
  async rename(known, { text }, store) {
    const { owner, sessionId: id } = known.session;
    await store.sessions.change({ owner, id, title: text, now: at(5) });
    known.title = text;
  },
  async remember(known, { text }) {
    await known.session.editMemory({ memory: text });
    known.memory = text;
  },
  async forget(known, _, store) {
    await store.memory.forgetAll(known.session.owner, known.session.sessionId, at(6));
    known.memory = null;
  },
  async delete(known, _, store) {
    await store.sessions.remove(known.session.owner, known.session.sessionId, at(7));
    known.isDeleted = true;
  },
};
