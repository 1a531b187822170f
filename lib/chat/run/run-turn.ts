import { causesOf, failureOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';
import type { ModelCall } from './model-caller';
import { runModel, type ModelDeps, type Outcome } from './run-model';
import type { Clock } from '@/lib/ports/clock';
import type { TurnEnd } from '@/lib/chat/turn/events';
import type { LiveTurn } from '@/lib/chat/turn/live-turn';
import type { TurnResult, TurnStore } from '@/lib/chat/turn/turn-store';
import { before, type Entry } from '@/lib/reply/entry';

interface Deps extends ModelDeps {
  readonly store: Pick<TurnStore, 'end' | 'entriesFrom'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Runs the model, stores how the turn ended, and only then notifies the watchers. Never rejects: any error ends the
 * turn.
 */
export async function runTurn(deps: Deps, turn: LiveTurn, call: ModelCall): Promise<TurnEnd> {
  try {
    return await run(deps, turn, call);
  } catch (cause) {
    return await endAnyway(deps, turn, cause);
  }
}

async function run(deps: Deps, turn: LiveTurn, call: ModelCall): Promise<TurnEnd> {
  const { clock, log } = deps;
  const { requestId, sessionId } = turn;
  const about = { request_id: requestId, session_id: sessionId, model: call.model };
  const startedAt = clock.ticks();
  const priorLength = turn.length();
  log.info({ event: 'turn.started', ...about });
  const outcome = await runModel(deps, turn, call);
  const { state, failure, usage, omitted, thoughtMs, firstTokenMs, spent, prompt } = outcome;
  const end = await keep(deps, {
    requestId,
    state,
    failure,
    usage,
    omitted,
    thoughtMs,
    firstTokenMs,
    prompt,
    totalMs: Math.round(clock.ticks() - startedAt),
    // For a continuation, the upstream counted only the new part.
    tokens: priorLength > 0 ? null : (usage?.completion_tokens ?? null),
    spent,
    entries: entriesOf(turn, priorLength, outcome),
  });
  turn.finish(end);
  log[state === 'failed' || state === 'interrupted' ? 'warn' : 'info']({
    event: 'turn.ended',
    ...about,
    state,
    latency_ms: Math.round(clock.ticks() - startedAt),
    first_token_ms: firstTokenMs,
    chars: turn.length(),
    ...usage,
    omitted: omitted ?? undefined,
    error: failure?.kind,
    reason: failure && 'reason' in failure ? failure.reason : undefined,
    cause: outcome.cause === undefined ? undefined : causesOf(outcome.cause),
  });
  return end;
}

/** A continuation without output leaves the reply unchanged, whitespace included. */
function entriesOf(turn: LiveTurn, priorLength: number, { hasContent }: Outcome): readonly Entry[] {
  const entries = turn.since(0);
  return hasContent ? entries : before(entries, priorLength);
}

const KEEP_PAUSES_MS = [100, 500, 1000, 2000, 5000];
const FAULTS_MAX = 5;

/**
 * Retries for as long as the store is unavailable, because the reply is already paid for. Gives up only after repeated
 * other errors.
 */
async function keep(
  { store, clock, log }: Deps,
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
      const event = lost ? 'turn.lost' : 'turn.save_failed';
      log.error({ event, request_id: result.requestId, cause: causesOf(cause) });
      if (lost) return { state: 'failed', replyId: null, usage: result.usage, failure };
    }
    const pause = KEEP_PAUSES_MS[attempt] ?? KEEP_PAUSES_MS.at(-1) ?? 0;
    await new Promise<void>((resolve) => clock.after(pause, resolve));
  }
}

/** Ends a turn after a bug in this code, with the text stored so far. */
async function endAnyway(
  { store, clock, log }: Deps,
  turn: LiveTurn,
  cause: unknown,
): Promise<TurnEnd> {
  const { requestId } = turn;
  const stack = cause instanceof Error ? cause.stack : undefined;
  log.error({ event: 'turn.run_failed', request_id: requestId, cause: causesOf(cause), stack });
  const how = { state: 'interrupted', usage: null, failure: { kind: 'internal' } } as const;
  let end: TurnEnd = { ...how, replyId: null };
  try {
    const entries = await store.entriesFrom(requestId, 0);
    const unknown = { tokens: null, firstTokenMs: null, omitted: null, thoughtMs: null };
    end = await store.end({ requestId, ...how, ...unknown, entries, now: clock.now() });
  } catch (failed) {
    log.error({ event: 'turn.lost', request_id: requestId, cause: causesOf(failed) });
  }
  if (!turn.end()) turn.finish(end);
  return end;
}
