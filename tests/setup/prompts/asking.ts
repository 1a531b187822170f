import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Store } from '@/db/store';
import type { NewSend } from '@/lib/chat/run/begin-turn';
import { presentPrompt } from '@/lib/chat/turn/present-prompt';
import type { Turns } from '@/lib/chat/turns';
import { openaiModel } from '@/lib/llm/openai';
import type { EmptyDatabase } from '@/tests/databases/engines';
import { startUpstream, type Upstream } from '@/tests/upstream/upstream';
import type { StoredSession } from '../stored-session';
import { givenSessions } from '../stored-sessions';
import { endOf, openTestTurns } from '../turns/turns';

const TIMEOUTS = { timeoutMs: 30_000, idleTimeoutMs: 30_000, bytesMax: 2_000_000 };

interface Given {
  readonly upstream: Upstream;
  readonly store: Store;
  readonly session: StoredSession;
  readonly turns: Turns;
}

export type Asking = ReturnType<typeof asking>;

/** Turns in a session that ask an upstream, and what the records say of them. */
export function asking(given: Given) {
  const { upstream, store, session, turns } = given;
  const order = () => ({
    owner: session.owner,
    requestId: randomUUID(),
    sessionId: session.sessionId,
    model: 'm',
    idempotency: null,
  });
  return {
    ...given,
    order,
    /** Resolves with the request id and the reply's id. */
    async ask(text: string, more: Partial<NewSend> = {}) {
      const turn = await turns.send({ ...order(), text, retryOf: null, ...more });
      const { replyId } = await endOf(turn);
      return { requestId: turn.requestId, replyId };
    },
    async goOn(continues: string) {
      const turn = await turns.continue({ ...order(), continues });
      await endOf(turn);
      return turn.requestId;
    },
    async recorded(
      replyId: string | null,
      of: Pick<StoredSession, 'owner' | 'sessionId'> = session,
    ) {
      const stored = await store.prompts.of(of.owner, of.sessionId, replyId ?? '');
      return stored.map(presentPrompt);
    },
    lastBody() {
      const body = upstream.requests.at(-1)?.body;
      if (!body) throw new Error('the upstream was not asked');
      const { model, messages, ...parameters } = body;
      return { model, messages, parameters };
    },
  };
}

export function openTurns(
  { upstream, store }: Pick<Given, 'upstream' | 'store'>,
  more: Parameters<typeof openTestTurns>[2] = {},
): Turns {
  const model = openaiModel({ apiKey: 'k', baseUrl: upstream.url, ...TIMEOUTS });
  return openTestTurns(store, model, more);
}

/** For the tests of one `describe`: a new session for each test. */
export function givenAsking(
  empty: () => Promise<EmptyDatabase>,
  give: (asking: Asking) => void,
): void {
  let upstream: Upstream;
  let given: Pick<Given, 'store' | 'session'>;
  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.close());
  givenSessions(empty, (each) => {
    given = each;
  });
  beforeEach(() => {
    upstream.reset();
    const { store, session } = given;
    give(asking({ upstream, store, session, turns: openTurns({ upstream, store }) }));
  });
}
