import { AppError } from '@/lib/errors';
import type { Model, PromptMessage } from '@/lib/llm/port';
import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import { liveTurn, type LiveTurn, type WatchedTurn } from './live-turn';
import { knownTurns, type KnownTurns } from './known-turns';
import type { FinishedExchange } from './memory-merge';
import { textPersister } from './persist-text';
import { buildContinuation, buildPrompt, contextMessages } from './prompt';
import { runTurn } from './run-turn';
import type { BegunTurn, TurnOrder, TurnStore } from './turn-store';

interface Ask {
  readonly owner: string;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly model: string;
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
}

export interface NewSend extends Ask {
  readonly text: string;
  readonly retryOf: string | null;
}

export interface NewContinuation extends Ask {
  readonly sessionId: string;
  /** The request id of the turn whose reply was cut off or stopped. */
  readonly continues: string;
}

interface Deps {
  readonly store: TurnStore;
  readonly model: Model;
  /** Told of each complete exchange of a session. */
  readonly onExchange: (exchange: FinishedExchange) => void;
  readonly contextMaxTurns: number;
  /** Off: no turn reads or changes a memory, whatever its session says. */
  readonly memoryEnabled: boolean;
  /** Names this process among all that share the store. */
  readonly instance: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

export interface Turns extends KnownTurns {
  /**
   * Starts a turn, or joins the one that the same key started. The turn runs on whoever watches; without a session
   * it ends when nobody does. Throws `not-found`, `key-reused` and `unavailable`.
   */
  send(send: NewSend): Promise<WatchedTurn>;
  /** The same, to go on with a reply. Throws `conflict` besides when that cannot be done. */
  continue(continuation: NewContinuation): Promise<WatchedTurn>;
  /** Refuses new turns, gives the running ones `ms` to end, then ends them as interrupted. */
  drain(ms: number): Promise<void>;
  draining(): boolean;
}

const DRAINING = { kind: 'unavailable', retryAfterSeconds: 5 } as const;

export function openTurns(deps: Deps): Turns {
  const { store, clock, log } = deps;
  const live = new Map<string, LiveTurn>();
  const running = new Set<Promise<void>>();
  const persister = textPersister({ store, live, clock, log });
  let draining = false;

  const known = knownTurns(deps, live);

  const start = ({ requestId, owner, sessionId, model }: Ask, begun: Started): LiveTurn => {
    const { question, text } = begun;
    const turn = liveTurn({ requestId, owner, sessionId, text }, clock);
    live.set(requestId, turn);
    persister.wake();
    const messages = promptOf(deps, begun);
    const run = runTurn(deps, turn, { model, messages }).then(({ state }) => {
      live.delete(requestId);
      running.delete(run);
      if (state !== 'complete' || sessionId === null || !deps.memoryEnabled) return;
      deps.onExchange({ owner, sessionId, requestId, user: question, reply: turn.since(0) });
    });
    running.add(run);
    return turn;
  };

  const startOrJoin = async (ask: Ask, begin: Begin): Promise<WatchedTurn> => {
    if (draining) throw new AppError(DRAINING);
    const { requestId, begun } = await beginOnce(deps, ask, begin);
    if (begun.kind === 'started') return start({ ...ask, requestId }, begun);
    const joined = await known.watch(ask.owner, begun.requestId);
    if (!joined) throw new AppError({ kind: 'not-found', message: 'This turn is not known' });
    return joined;
  };

  return {
    ...known,
    draining: () => draining,
    send: (send) =>
      startOrJoin(send, (order) => {
        const ids = { userMessageId: deps.newId(), replyId: deps.newId() };
        return store.begin({ ...send, ...order, ...ids });
      }),
    continue: (continuation) =>
      startOrJoin(continuation, (order) => store.continue({ ...continuation, ...order })),
    async drain(ms) {
      draining = true;
      await Promise.race([Promise.all(running), elapsed(clock, ms)]);
      for (const turn of live.values()) turn.abort('interrupted');
      await Promise.all(running);
    },
  };
}

const elapsed = (clock: Clock, ms: number) =>
  new Promise<void>((resolve) => clock.after(ms, resolve));

type Started = Extract<BegunTurn, { kind: 'started' }>;

function promptOf(
  { memoryEnabled, contextMaxTurns }: Deps,
  { context, question, text }: Started,
): PromptMessage[] {
  const remembered = memoryEnabled ? context : { ...context, memory: null };
  const limit = contextMessages(contextMaxTurns);
  return text
    ? buildContinuation(remembered, { question, text }, limit)
    : buildPrompt(remembered, question, limit);
}

/** What the process adds to an ask. */
type Order = Pick<TurnOrder, 'requestId' | 'instance' | 'contextMessages' | 'now'>;
type Begin = (order: Order) => Promise<BegunTurn>;

/** A client may send the same request id twice; the second turn then gets an id of its own. */
async function beginOnce(deps: Deps, ask: Ask, begin: Begin) {
  const attempt = async (requestId: string) => ({
    requestId,
    begun: await begin({
      requestId,
      instance: deps.instance,
      contextMessages: contextMessages(deps.contextMaxTurns),
      now: deps.clock.now(),
    }),
  });
  try {
    return await attempt(ask.requestId);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failure.kind === 'conflict')
      return attempt(deps.newId());
    throw thrown;
  }
}
