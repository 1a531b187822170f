import { AppError, unavailable } from '@/lib/errors';
import type { Model, PromptMessage } from '@/lib/llm/port';
import type { Log } from '@/lib/log-port';
import { beginAsk, type Ask, type Begin, type NewContinuation, type NewSend } from './ask';
import type { Clock } from './clock';
import { joinMs } from './frame-pace';
import type { LiveChannel } from './live-channel';
import { liveTurn, type LiveTurn, type WatchedTurn } from './live-turn';
import type { FinishedExchange } from './memory-merge';
import { textPersister } from './persist-text';
import { buildContinuation, buildPrompt, contextMessages } from './prompt';
import { textPublisher } from './publish-text';
import { reachTurns, type TurnReach } from './reach-turns';
import { runTurn } from './run-turn';
import type { BegunTurn, TurnStore } from './turn-store';
import { workUnderWay } from './work';

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
   * Starts a turn, or joins the one that the same key started. In a session the turn goes on when nobody watches it;
   * without one it ends then, unless somebody comes back by its key. Throws `not-found`, `key-reused`, `unavailable`.
   */
  send(send: NewSend): Promise<WatchedTurn>;
  /** The same, to go on with a reply. Also throws `conflict`, when that cannot be done. */
  continue(continuation: NewContinuation): Promise<WatchedTurn>;
  /** The model that a turn of this owner was asked of; null for one that is not known. */
  modelOf(owner: string, requestId: string): Promise<string | null>;
  runsHere(requestId: string): boolean;
  /** Resolves when a turn that runs here has ended; at once for any other. */
  ended(requestId: string): Promise<void>;
  /** Refuses new turns, gives the running ones `ms` to end, then ends them as interrupted. */
  drain(ms: number): Promise<void>;
  draining(): boolean;
}

/** A process that ends waits no longer than this for a store that is away. */
const STORE_GRACE_MS = 10_000;

type Started = Extract<BegunTurn, { kind: 'started' }>;

export function openTurns(deps: Deps): Turns {
  const { store, channel, clock, log } = deps;
  const live = new Map<string, LiveTurn>();
  const running = new Map<string, Promise<void>>();
  const work = workUnderWay(clock);
  const start = turnStarter(deps, live);
  const reach = reachTurns({ store, channel, live, clock, log });
  let draining = false;

  const run = (ask: Ask, begun: Started): LiveTurn => {
    const { turn, ended } = start(ask, begun);
    const { requestId } = ask;
    running.set(requestId, work.add(ended.finally(() => running.delete(requestId))));
    return turn;
  };

  const startOrJoin = async (ask: Ask, begin: Begin): Promise<WatchedTurn> => {
    if (draining) throw unavailable();
    // Counted as work until it has started: a turn on its way into the store when a drain begins still runs.
    const turn = await work.add(
      beginAsk(deps, ask, begin).then(({ requestId, begun }) =>
        begun.kind === 'started'
          ? run({ ...ask, requestId }, begun)
          : reach.watch(ask.owner, begun.requestId),
      ),
    );
    if (!turn) throw new AppError({ kind: 'not-found', message: 'This turn is not known' });
    return turn;
  };

  return {
    ...reach,
    modelOf: async (owner, requestId) => (await store.find(owner, requestId))?.model ?? null,
    runsHere: (requestId) => live.has(requestId),
    ended: async (requestId) => running.get(requestId),
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
      await work.done(ms);
      for (const turn of live.values()) turn.abort('interrupted');
      await work.done(STORE_GRACE_MS);
    },
  };
}

/** Runs a turn that has begun, as one of `live`, until `ended`. */
function turnStarter(deps: Deps, live: Map<string, LiveTurn>) {
  const { store, channel, instance, clock, log } = deps;
  const persister = textPersister({ store, live, clock, log });
  const publisher = channel && textPublisher({ channel, live, instance, clock });
  const pace = () =>
    new Promise<void>((resolve) => {
      clock.after(joinMs(live.size), resolve);
    });

  return (ask: Ask, begun: Started) => {
    const { requestId, owner, sessionId, model } = ask;
    const { question, text } = begun;
    const onUnwatched = (turn: LiveTurn) => {
      giveUp(deps, ask, turn);
    };
    const turn = liveTurn({ requestId, owner, sessionId, text, onUnwatched });
    live.set(requestId, turn);
    persister.wake();
    publisher?.wake();
    const cancelLimit = limitTurn(deps, turn);
    const messages = promptOf(deps, begun);
    const ended = runTurn({ ...deps, pace }, turn, { model, messages }).then(({ state }) => {
      cancelLimit?.();
      live.delete(requestId);
      publisher?.end(turn);
      if (state !== 'complete' || sessionId === null || !deps.memoryEnabled) return;
      deps.onExchange({ owner, sessionId, requestId, user: question, reply: turn.since(0) });
    });
    return { turn, ended };
  };
}

/** For whoever lost the connection, to send again under the same key. */
const COME_BACK_MS = 15_000;

/** Without a session only the key leads back to a reply. When nobody comes, nobody should pay for the rest of it. */
function giveUp({ clock }: Deps, { sessionId, idempotency }: Ask, turn: LiveTurn): void {
  if (sessionId !== null) return;
  const end = () => {
    if (!turn.watched()) turn.abort('stopped');
  };
  if (idempotency) clock.after(COME_BACK_MS, end);
  else end();
}

/** Ends a turn before the platform does; the answer cancels that. */
function limitTurn({ turnMaxMs, clock }: Deps, turn: LiveTurn): (() => void) | null {
  if (turnMaxMs === null) return null;
  return clock.after(turnMaxMs, () => {
    turn.abort('interrupted');
  });
}

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
