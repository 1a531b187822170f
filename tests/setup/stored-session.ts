import { randomUUID } from 'node:crypto';
import type { Store } from '@/db/store';
import type {
  Continuation,
  NewIds,
  NewUserText,
  TurnOrder,
  TurnResult,
} from '@/lib/chat/turn/turn-store';
import type { EditMemory } from '@/lib/sessions/memory/memory';
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

const newIds = () => ({ userMessageId: randomUUID(), replyId: randomUUID() });

export type StoredSession = ReturnType<typeof storedSession> & {
  /** The same session through another store. */
  readonly on: (other: Store) => StoredSession;
};

/** A new session in this store, of a new owner unless named, with helpers that change it. */
export async function createSession(
  store: Store,
  owner: string = randomUUID(),
): Promise<StoredSession> {
  const sessionId = randomUUID();
  await store.sessions.create({ id: sessionId, owner, title: null, now: at(0) });
  const on = (other: Store): StoredSession => ({ ...storedSession(other, owner, sessionId), on });
  return on(store);
}

function storedSession(store: Store, owner: string, sessionId: string) {
  const order = () => ({ ...ORDER, requestId: randomUUID(), owner, sessionId });
  return {
    owner,
    sessionId,
    async begin(more: Partial<TurnOrder & NewIds & NewUserText> = {}) {
      const turn = { ...order(), ...newIds(), text: 'hello', retryOf: null, ...more };
      return { turn, begun: await store.turns.begin(turn) };
    },
    async regenerate(regenerates: string, more: Partial<TurnOrder> = {}) {
      const turn = { ...order(), ...newIds(), regenerates, ...more };
      return { turn, begun: await store.turns.begin(turn) };
    },
    show: (head: string, version?: number) =>
      store.branches.show({ owner, id: sessionId, head, version, now: at(4) }),
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
      more: { version?: number; expected?: string | null; now?: Date } = {},
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
