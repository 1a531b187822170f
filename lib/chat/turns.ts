// Pure: store, model, clock and ids are passed in.
import { AppError, unavailable } from '@/lib/errors';
import type { Model, SentRequest } from '@/lib/ports/model';
import { recordPrompt } from '@/lib/chat/prompt/record-prompt';
import type { PromptRecord } from '@/lib/chat/turn/prompt-record';
import type { Log } from '@/lib/ports/log';
import {
  beginTurn,
  type TurnRequest,
  type Begin,
  type NewContinuation,
  type NewSend,
} from '@/lib/chat/run/begin-turn';
import type { Clock } from '@/lib/ports/clock';
import { gracePeriod } from '@/lib/chat/run/grace-period';
import { frameIntervalMs } from '@/lib/chat/run/frame-interval';
import type { LiveChannel } from '@/lib/chat/watch/live-channel';
import {
  liveTurn,
  logWatcherFault,
  type LiveTurn,
  type WatchedTurn,
} from '@/lib/chat/turn/live-turn';
import type { FinishedExchange } from '@/lib/chat/memory/memory-merge';
import type { ModelOptions } from '@/lib/chat/turn/model-options';
import { newestThird } from '@/lib/chat/prompt/newest-third';
import { textFlusher } from '@/lib/chat/run/flush/flush-text';
import {
  buildContinuation,
  buildPrompt,
  contextMessages,
  type Prompt,
} from '@/lib/chat/prompt/prompt';
import { textPublisher } from '@/lib/chat/watch/publish-text';
import { turnAccess, type TurnAccess } from '@/lib/chat/watch/turn-access';
import { runTurn } from '@/lib/chat/run/run-turn';
import type { BegunTurn, Idempotency, TurnStore } from '@/lib/chat/turn/turn-store';
import type { Price } from '@/lib/usage/price';
import { textOf } from '@/lib/reply/entry';
import { taskGroup } from '@/lib/chat/run/task-group';

interface Deps {
  readonly store: TurnStore;
  readonly model: Model;
  /** Called with each complete exchange of a session. */
  readonly onExchange: (exchange: FinishedExchange) => void;
  readonly contextMaxTurns: number;
  /** The longest prompt, in UTF-16 units. */
  readonly contextMaxChars: number;
  /** A model's context size in tokens; null when unknown. */
  readonly contextTokens: (model: string) => number | null;
  /** What a model costs; null when unknown. */
  readonly priceOf: (model: string) => Price | null;
  /** True while prices may still become known. */
  readonly pricesPending: () => boolean;
  /** In UTF-16 units per turn. A longer reply is cut off there and can be continued. */
  readonly replyMaxChars: number;
  readonly replyMaxTokens: () => number | null;
  /** The instructions where a session has none; null: the program's own. */
  readonly systemPrompt: () => string | null;
  /** Reasoning is part of the reply. */
  readonly withReasoning: boolean;
  /** False: no turn reads or updates a memory, whatever its session's setting. */
  readonly memoryEnabled: boolean;
  /** Null: other instances see a turn's text only through the store. */
  readonly channel: LiveChannel | null;
  /** The maximum duration of a turn, in milliseconds. */
  readonly turnMaxMs: number;
  /** Identifies this process among all that share the store. */
  readonly instance: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

export interface Turns extends TurnAccess {
  /**
   * Starts a turn, or joins the one that the same key started. In a session the turn runs without watchers; without a
   * session it is stopped then, unless a client returns with its key. Throws `not-found`, `key-reused`, `unavailable`,
   * and `over-quota` or `over-budget` at a limit.
   */
  send(send: NewSend): Promise<WatchedTurn>;
  /** Continues a reply; otherwise like `send`. Also throws `conflict` when the reply cannot be continued. */
  continue(continuation: NewContinuation): Promise<WatchedTurn>;
  /** The turn that the same key started; null for none. Throws `key-reused`. */
  replay(owner: string, idempotency: Idempotency): Promise<WatchedTurn | null>;
  /** The model of this owner's turn; null for an unknown turn. */
  modelOf(owner: string, requestId: string): Promise<string | null>;
  runsHere(requestId: string): boolean;
  /** How many turns run here. */
  running(): number;
  /** Resolves when a turn that runs here has ended; at once for any other turn. */
  ended(requestId: string): Promise<void>;
  /** Refuses new turns, gives running ones `ms` milliseconds to end, then interrupts them. */
  drain(ms: number): Promise<void>;
  draining(): boolean;
}

/** How long a terminating process waits for an unavailable store. */
const STORE_GRACE_MS = 10_000;

/** A reply of this many parts is as long as a page can display. */
const PARTS_MAX = 10;

type Started = Extract<BegunTurn, { kind: 'started' }>;

/** Runs the turns of this process, and reaches those of other instances. */
export function openTurns(deps: Deps): Turns {
  const { store, channel, clock, log } = deps;
  const live = new Map<string, LiveTurn>();
  const running = new Map<string, Promise<void>>();
  const work = taskGroup(clock);
  const start = turnStarter(deps, live);
  const reach = turnAccess({ store, channel, live, clock, log });
  let draining = false;

  const run = (request: TurnRequest, begun: Started): LiveTurn => {
    const { turn, ended } = start(request, begun);
    const { requestId } = request;
    running.set(requestId, work.add(ended.finally(() => running.delete(requestId))));
    return turn;
  };

  const startOrJoin = async (request: TurnRequest, begin: Begin): Promise<WatchedTurn> => {
    if (draining) throw unavailable('ending');
    // Counted as work until it has started: a turn on its way into the store when a drain begins still runs.
    const turn = await work.add(
      beginTurn(deps, request, begin).then(({ requestId, begun }) =>
        begun.kind === 'started'
          ? run({ ...request, requestId }, begun)
          : reach.watch(request.owner, begun.requestId),
      ),
    );
    if (!turn) throw new AppError({ kind: 'not-found', reason: 'turn' });
    return turn;
  };

  return {
    ...reach,
    async replay(owner, idempotency) {
      const requestId = await store.findByKey(owner, idempotency);
      return requestId === null ? null : reach.watch(owner, requestId);
    },
    modelOf: async (owner, requestId) => (await store.find(owner, requestId))?.model ?? null,
    runsHere: (requestId) => live.has(requestId),
    running: () => live.size,
    ended: async (requestId) => running.get(requestId),
    draining: () => draining,
    send: (send) =>
      startOrJoin(send, (order) => {
        const ids = { userMessageId: deps.newId(), replyId: deps.newId() };
        return store.begin({ ...send, ...order, ...ids });
      }),
    continue: (continuation) =>
      startOrJoin(continuation, (order) => {
        const replyMaxChars = deps.replyMaxChars * PARTS_MAX;
        return store.continue({ ...continuation, ...order, replyMaxChars });
      }),
    async drain(ms) {
      draining = true;
      await work.done(ms);
      for (const turn of live.values()) turn.abort('interrupted');
      await work.done(STORE_GRACE_MS);
    },
  };
}

/** Runs a turn that has begun and keeps it in `live` until it ends. */
function turnStarter(deps: Deps, live: Map<string, LiveTurn>) {
  const { store, channel, instance, clock, log } = deps;
  const flusher = textFlusher({ store, live, instance, clock, log });
  const ends = { ...store, end: flusher.end };
  const publisher = channel && textPublisher({ channel, live, instance, clock, log });
  const untilNextFrame = () =>
    new Promise<void>((resolve) => {
      clock.after(frameIntervalMs(live.size), resolve);
    });

  return (request: TurnRequest, started: Started) => {
    const { requestId, owner, sessionId, model, idempotency, modelOptions } = request;
    const begun = modelOptions ? withOptions(started, modelOptions) : started;
    const { question, reply } = begun;
    const shared = sessionId !== null || idempotency !== null;
    const grace = gracePeriod(clock, request);
    const onWatcherFault = logWatcherFault(log, requestId);
    const about = { requestId, owner, sessionId, shared, reply };
    const turn = liveTurn({ ...about, onUnwatched: grace.restart, onWatcherFault });
    live.set(requestId, turn);
    flusher.start();
    publisher?.start();
    // No turn runs forever, even where the host never ends the process.
    const cancelLimit = clock.after(deps.turnMaxMs, () => {
      turn.abort('interrupted');
    });
    const call = {
      model,
      maxTokens: maxTokensOf(deps, begun),
      temperature: begun.context.temperature,
      thoughtMs: begun.thoughtMs,
      ...(modelOptions && { parameters: modelOptions.parameters }),
      ...promptsOf(deps, request, begun),
      record: (sent: SentRequest, prompt: Prompt) => recordOf(begun, sent, prompt),
    };
    const ended = runTurn({ ...deps, store: ends, untilNextFrame }, turn, call).then(
      ({ state }) => {
        cancelLimit();
        grace.end();
        live.delete(requestId);
        publisher?.end(turn);
        if (state !== 'complete' || sessionId === null) return;
        deps.onExchange({ sessionId, requestId, user: question, reply: textOf(turn.since(0)) });
      },
    );
    return { turn, ended };
  };
}

/** What the client asks for comes before the session's settings. */
function withOptions(begun: Started, { maxTokens, temperature }: ModelOptions): Started {
  const { context } = begun;
  return {
    ...begun,
    context: {
      ...context,
      maxTokens: maxTokens ?? context.maxTokens,
      temperature: temperature ?? context.temperature,
    },
  };
}

function promptsOf(deps: Deps, { model, modelOptions }: TurnRequest, begun: Started) {
  const given = modelOptions?.prompt;
  if (given) {
    // It is sent as it is, or not at all.
    const prompt: Prompt = { messages: given, omitted: 0, sections: [] };
    return { prompt: () => prompt, shorter: () => null };
  }
  return {
    prompt: () => promptOf(deps, model, begun),
    shorter: (sent: Prompt) => shorterPrompt(deps, model, begun, sent),
  };
}

/** A session may ask for fewer tokens than the deployment allows, never for more. */
function maxTokensOf(deps: Deps, { context: { maxTokens } }: Started): number | null {
  const replyMaxTokens = deps.replyMaxTokens();
  if (maxTokens === null || replyMaxTokens === null) return maxTokens ?? replyMaxTokens;
  return Math.min(maxTokens, replyMaxTokens);
}

function promptOf(deps: Deps, model: string, begun: Started): Prompt {
  const { context, question, reply } = begun;
  const remembered = {
    ...context,
    systemPrompt: context.systemPrompt ?? deps.systemPrompt(),
    ...(!deps.memoryEnabled && { memory: null }),
  };
  const text = textOf(reply);
  const limits = {
    messages: contextMessages(deps.contextMaxTurns),
    chars: deps.contextMaxChars,
    tokens: promptTokens(deps.contextTokens(model), maxTokensOf(deps, begun)),
  };
  return text
    ? buildContinuation(remembered, { question, text }, limits)
    : buildPrompt(remembered, question, limits);
}

function recordOf(begun: Started, sent: SentRequest, prompt: Prompt): PromptRecord | null {
  const { context, question, reply, places } = begun;
  if (!places) return null;
  return recordPrompt(sent, prompt, {
    context: context.messages,
    question,
    reply: textOf(reply),
    places,
  });
}

/** The retry prompt after the model refused `sent` as too long: with a third of the earlier messages. */
function shorterPrompt(deps: Deps, model: string, begun: Started, sent: Prompt): Prompt | null {
  const earlier = begun.context.messages;
  const messages = newestThird(earlier.slice(sent.omitted));
  if (messages === null) return null;
  const prompt = promptOf(deps, model, { ...begun, context: { ...begun.context, messages } });
  return { ...prompt, omitted: prompt.omitted + earlier.length - messages.length };
}

/** The context holds the reply as well. Reserve the maximum reply or else a quarter, but never more than half. */
const promptTokens = (context: number | null, reply: number | null): number | null =>
  context === null ? null : Math.floor(context - Math.min(reply ?? context / 4, context / 2));
