import { AppError } from '@/lib/errors';
import type { Model } from '@/lib/llm/port';
import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import { joinMs } from './frame-pace';
import type { LiveChannel } from './live-channel';
import { liveTurn, type LiveTurn, type WatchedTurn } from './live-turn';
import type { FinishedExchange } from './memory-merge';
import { textPersister } from './persist-text';
import { buildPrompt, contextMessages } from './prompt';
import { textPublisher } from './publish-text';
import { reachTurns, type TurnReach } from './reach-turns';
import { runTurn } from './run-turn';
import type { TurnContext, TurnStore } from './turn-store';
import { workUnderWay } from './work';

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
  /** Null: other instances see the text of a turn through the store alone. */
  readonly channel: LiveChannel | null;
  /** How long a turn may run where the platform ends it without a word; null where nobody does. */
  readonly turnMaxMs: number | null;
  /** Names this process among all that share the store. */
  readonly instance: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

export interface Turns extends TurnReach {
  /**
   * Starts a turn, or joins the one that the same key started. The turn runs on whoever watches; without a session
   * it ends when nobody does. Throws `not-found`, `key-reused` and `unavailable`.
   */
  send(send: NewSend): Promise<WatchedTurn>;
  runsHere(requestId: string): boolean;
  /** Resolves when a turn that runs here has ended; at once for any other. */
  ended(requestId: string): Promise<void>;
  /** Refuses new turns, gives the running ones `ms` to end, then ends them as interrupted. */
  drain(ms: number): Promise<void>;
  draining(): boolean;
}

const DRAINING = { kind: 'unavailable', retryAfterSeconds: 5 } as const;
/** A process that ends waits no longer than this for a store that is away. */
const STORE_GRACE_MS = 10_000;

export function openTurns(deps: Deps): Turns {
  const { store, channel, instance, clock, log } = deps;
  const live = new Map<string, LiveTurn>();
  const running = new Map<string, Promise<void>>();
  const work = workUnderWay(clock);
  const persister = textPersister({ store, live, clock, log });
  const publisher = channel && textPublisher({ channel, live, instance, clock });
  const reach = reachTurns({ store, channel, live, clock, log });
  let draining = false;

  const start = (send: NewSend, requestId: string, context: TurnContext): LiveTurn => {
    const { owner, sessionId, text, model } = send;
    const turn = liveTurn({ requestId, owner, sessionId }, clock, () => joinMs(live.size));
    live.set(requestId, turn);
    persister.wake();
    publisher?.wake();
    const cancelLimit = limitTurn(deps, turn);
    const remembered = deps.memoryEnabled ? context : { ...context, memory: null };
    const messages = buildPrompt(remembered, text, contextMessages(deps.contextMaxTurns));
    const run = runTurn(deps, turn, { model, messages }).then(({ state }) => {
      cancelLimit?.();
      live.delete(requestId);
      running.delete(requestId);
      publisher?.end(turn);
      if (state !== 'complete' || sessionId === null || !deps.memoryEnabled) return;
      deps.onExchange({ owner, sessionId, requestId, user: text, reply: turn.since(0) });
    });
    running.set(requestId, work.add(run));
    return turn;
  };

  return {
    ...reach,
    runsHere: (requestId) => live.has(requestId),
    ended: async (requestId) => running.get(requestId),
    draining: () => draining,
    async send(send) {
      if (draining) throw new AppError(DRAINING);
      // Up to the start: what is on its way into the store when a drain begins will run yet.
      const turn = await work.add(
        begin(deps, send).then(({ requestId, begun }) =>
          begun.kind === 'started'
            ? start(send, requestId, begun.context)
            : reach.watch(send.owner, begun.requestId),
        ),
      );
      if (!turn) throw new AppError({ kind: 'not-found', message: 'This turn is not known' });
      return turn;
    },
    async drain(ms) {
      draining = true;
      await work.done(ms);
      for (const turn of live.values()) turn.abort('interrupted');
      await work.done(STORE_GRACE_MS);
    },
  };
}

/** Ends a turn before the platform does; the answer cancels that. */
function limitTurn({ turnMaxMs, clock }: Deps, turn: LiveTurn): (() => void) | null {
  if (turnMaxMs === null) return null;
  return clock.after(turnMaxMs, () => {
    turn.abort('interrupted');
  });
}

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
