import { randomUUID } from 'node:crypto';
import type { Store } from '@/db/store';
import type { Continuation, NewTurn, TurnResult } from '@/lib/chat/turn/turn-store';
import type { EditMemory } from '@/lib/sessions/memory';
import type { Role } from '@/lib/sessions/message';
import { said } from './entries';

/** The time `second` seconds after the session's start. */
export const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));

const ORDER = {
  model: 'm',
  idempotency: null,
  instance: 'here',
  contextMessages: 10,
  contextChars: 1000,
  now: at(1),
};
const RESULT: Omit<TurnResult, 'requestId'> = {
  state: 'complete',
  entries: said('hi'),
  failure: null,
  usage: null,
  tokens: null,
  firstTokenMs: 3,
  omitted: null,
  now: at(2),
};

export type StoredSession = Awaited<ReturnType<typeof createSession>>;

/** A new session in this store, of a new owner unless named, with helpers that change it. */
export async function createSession(store: Store, owner: string = randomUUID()) {
  const sessionId = randomUUID();
  await store.sessions.create({ id: sessionId, owner, title: null, now: at(0) });
  const order = () => ({ ...ORDER, requestId: randomUUID(), owner, sessionId });
  return {
    owner,
    sessionId,
    async begin(more: Partial<NewTurn> = {}) {
      const ids = { userMessageId: randomUUID(), replyId: randomUUID() };
      const turn: NewTurn = { ...order(), ...ids, text: 'hello', retryOf: null, ...more };
      return { turn, begun: await store.turns.begin(turn) };
    },
    async goOn(continues: string, more: Partial<Continuation> = {}) {
      const turn: Continuation = { ...order(), continues, replyMaxChars: 1000, ...more };
      return { turn, begun: await store.turns.continue(turn) };
    },
    end: (requestId: string, more: Partial<TurnResult> = {}) =>
      store.turns.end({ requestId, ...RESULT, ...more }),
    append: (content: string, role: Role = 'user', now = at(1)) => {
      const message = { role, content };
      return store.messages.append({ owner, sessionId, id: randomUUID(), message, now });
    },
    editMemory: (
      edit: EditMemory,
      more: { version?: number; seen?: string | null; now?: Date } = {},
    ) =>
      store.memory.edit({
        owner,
        sessionId,
        edit,
        revisionId: randomUUID(),
        now: at(3),
        ...more,
      }),
    contents: async () =>
      (await store.messages.branch({ owner, sessionId })).map(({ content }) => content),
  };
}
