import { AppError } from '@/lib/errors';
import type { Model } from '@/lib/llm/port';
import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import { joinMs } from './frame-pace';
import { liveTurn, type LiveTurn, type WatchedTurn } from './live-turn';
import type { FinishedExchange } from './memory-merge';
import { textPersister } from './persist-text';
import { buildPrompt, contextMessages } from './prompt';
import { runTurn } from './run-turn';
import { storedTurn } from './stored-turn';
import type { TurnContext, TurnStore } from './turn-store';

export interface NewSend {
  readonly owner: string;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly text: string;
  readonly model: string;
  readonly retryOf: string | null;
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null;
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

export interface Turns {
  /**
   * Starts a turn, or joins the one that the same key started. The turn runs on whoever watches; without a session
   * it ends when nobody does. Throws `not-found`, `key-reused` and `unavailable`.
   */
  send(send: NewSend): Promise<WatchedTurn>;
  /** Null when it is not this owner's or not known. */
  watch(owner: string, requestId: string): Promise<WatchedTurn | null>;
  /** Asks it to stop, wherever it runs. False when it is not this owner's or not known. */
  stop(owner: string, requestId: string): Promise<boolean>;
  /** Stops what runs in a session, before the session is deleted. */
  stopAll(owner: string, sessionId: string): Promise<void>;
  runsHere(requestId: string): boolean;
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

  const watch = async (owner: string, requestId: string): Promise<WatchedTurn | null> => {
    const here = live.get(requestId);
    if (here) return here.owner === owner ? here : null;
    const stored = await store.find(owner, requestId);
    return stored && storedTurn({ store, clock, log }, stored);
  };

  const stop = async (owner: string, requestId: string): Promise<boolean> => {
    const here = live.get(requestId);
    if (!here) return store.askStop(owner, requestId);
    if (here.owner !== owner) return false;
    here.abort('stopped');
    return true;
  };

  const start = (send: NewSend, requestId: string, context: TurnContext): LiveTurn => {
    const { owner, sessionId, text, model } = send;
    const turn = liveTurn({ requestId, owner, sessionId }, clock, () => joinMs(live.size));
    live.set(requestId, turn);
    persister.wake();
    const remembered = deps.memoryEnabled ? context : { ...context, memory: null };
    const messages = buildPrompt(remembered, text, contextMessages(deps.contextMaxTurns));
    const run = runTurn(deps, turn, { model, messages }).then(({ state }) => {
      live.delete(requestId);
      running.delete(run);
      if (state !== 'complete' || sessionId === null || !deps.memoryEnabled) return;
      deps.onExchange({ owner, sessionId, requestId, user: text, reply: turn.since(0) });
    });
    running.add(run);
    return turn;
  };

  return {
    watch,
    stop,
    runsHere: (requestId) => live.has(requestId),
    draining: () => draining,
    async send(send) {
      if (draining) throw new AppError(DRAINING);
      const { requestId, begun } = await begin(deps, send);
      if (begun.kind === 'started') return start(send, requestId, begun.context);
      const joined = await watch(send.owner, begun.requestId);
      if (!joined) throw new AppError({ kind: 'not-found', message: 'This turn is not known' });
      return joined;
    },
    async stopAll(owner, sessionId) {
      const ids = await store.runningIn(owner, sessionId);
      await Promise.all(ids.map((id) => stop(owner, id)));
    },
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

/** A client may send the same request id twice; the second turn then gets an id of its own. */
async function begin(deps: Deps, send: NewSend) {
  const attempt = async (requestId: string) => ({
    requestId,
    begun: await deps.store.begin({
      ...send,
      requestId,
      userMessageId: deps.newId(),
      replyId: deps.newId(),
      instance: deps.instance,
      contextMessages: contextMessages(deps.contextMaxTurns),
      now: deps.clock.now(),
    }),
  });
  try {
    return await attempt(send.requestId);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.failure.kind === 'conflict')
      return attempt(deps.newId());
    throw thrown;
  }
}
