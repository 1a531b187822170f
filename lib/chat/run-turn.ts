import { causesOf, failureOf, type Failure } from '@/lib/errors';
import type { Model, PromptMessage, Usage } from '@/lib/llm/port';
import type { Log } from '@/lib/log-port';
import type { Clock } from './clock';
import type { EndState, TurnEnd } from './events';
import type { LiveTurn } from './live-turn';
import { spentTokens } from './spent-tokens';
import type { TurnResult, TurnStore } from './turn-store';

interface Deps {
  readonly model: Model;
  readonly store: Pick<TurnStore, 'end'>;
  /** Resolves when the next text may come: what the upstream says meanwhile comes in one piece. */
  readonly pace: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Text that comes in such pieces is worth its frames; to wait after each would only hold it up. */
const BULK = 4096;

interface Outcome {
  readonly state: EndState;
  readonly failure: Failure | null;
  readonly usage: Usage | null;
  readonly cause?: unknown;
}

/**
 * Asks the model, hands each piece of text to `turn`, stores how it ended and only then tells the watchers.
 * Never rejects: whatever goes wrong is the turn's end.
 */
export async function runTurn(
  { model, store, pace, clock, log }: Deps,
  turn: LiveTurn,
  prompt: { model: string; messages: readonly PromptMessage[] },
): Promise<TurnEnd> {
  const startedAt = clock.ticks();
  const { requestId, sessionId } = turn;
  const held = turn.length();
  let firstTokenMs: number | null = null;
  const onText = (text: string) => {
    firstTokenMs ??= Math.round(clock.ticks() - startedAt);
    turn.write(text);
    return text.length < BULK ? pace() : undefined;
  };
  log.info({
    event: 'turn.start',
    request_id: requestId,
    session_id: sessionId,
    model: prompt.model,
  });
  const outcome = await ask(model, turn, { ...prompt, requestId, signal: turn.signal, onText });
  const { state, failure, usage } = outcome;
  const result = {
    requestId,
    state,
    failure,
    usage,
    firstTokenMs,
    // Of a reply in parts the upstream counted only this one.
    tokens: held > 0 ? null : (usage?.completion_tokens ?? null),
    spent: spentTokens(usage, prompt.messages, turn.since(held)),
    text: turn.since(0),
  };
  const end = await keep({ store, clock, log }, result);
  turn.finish(end);
  log[state === 'failed' || state === 'interrupted' ? 'warn' : 'info']({
    event: 'turn.end',
    request_id: requestId,
    session_id: sessionId,
    model: prompt.model,
    state,
    latency_ms: Math.round(clock.ticks() - startedAt),
    first_token_ms: firstTokenMs,
    chars: turn.length(),
    ...usage,
    error: failure?.kind,
    cause: outcome.cause && causesOf(outcome.cause),
  });
  return end;
}

async function ask(
  model: Model,
  turn: LiveTurn,
  request: Parameters<Model['stream']>[0],
): Promise<Outcome> {
  const held = turn.length();
  // A reply that was to be continued is what it was before; a new one without a word is none.
  const wordless = held > 0 ? 'interrupted' : 'failed';
  const hasWords = () => turn.since(held).trim() !== '';
  try {
    const { usage } = await model.stream(request);
    if (hasWords()) return { state: 'complete', failure: null, usage };
    return { state: wordless, failure: { kind: 'upstream', reason: 'empty' }, usage };
  } catch (cause) {
    const aborted = turn.abortedAs();
    if (aborted === 'stopped') return { state: 'stopped', failure: null, usage: null };
    if (aborted === 'interrupted' || hasWords()) {
      return { state: 'interrupted', failure: { kind: 'interrupted' }, usage: null, cause };
    }
    return { state: wordless, failure: failureOf(cause), usage: null, cause };
  }
}

const KEEP_PAUSES_MS = [100, 500, 1000, 2000, 5000];
const FAULTS_MAX = 5;

/** A reply that was paid for waits for a store that is away, however long; only other faults are given up on. */
async function keep(
  { store, clock, log }: Omit<Deps, 'model' | 'pace'>,
  result: Omit<TurnResult, 'now'>,
): Promise<TurnEnd> {
  let faults = 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await store.end({ ...result, now: clock.now() });
    } catch (cause) {
      const failure = failureOf(cause);
      if (failure.kind !== 'unavailable') faults += 1;
      const lost = faults > FAULTS_MAX;
      const event = lost ? 'turn.lost' : 'turn.keep_failed';
      log.error({ event, request_id: result.requestId, cause: causesOf(cause) });
      if (lost) return { state: 'failed', replyId: null, usage: result.usage, failure };
    }
    const pause = KEEP_PAUSES_MS[attempt] ?? KEEP_PAUSES_MS.at(-1) ?? 0;
    await new Promise<void>((resolve) => clock.after(pause, resolve));
  }
}
