import type { CallResult } from '@/lib/client/net/call';
import type { TextStorage } from '@/lib/client/browser/safe-storage';
import { followTurn, type FollowDeps, type TurnSource } from './follow-turn';
import { localProblem, type Problem } from '@/lib/client/net/problem';
import type { Entry } from '@/lib/reply/entry';
import type { Rate } from '@/lib/client/net/rate';
import { IDLE_TIMEOUT_MS } from '@/lib/client/net/backoff';
import { plainTurn, stopTurn, streamTurn, watchTurn, type SendBody } from './turn-api';
import type { LocalTurn, TurnRegistry } from './turn-registry';
import { dropUnsent, keepUnsent } from './unsent';

export interface TurnDeps {
  readonly registry: TurnRegistry;
  readonly storage: TextStorage;
  readonly pause: FollowDeps['pause'];
  readonly onRate: (rate: Rate) => void;
  /** The stop request failed, and the reply continues. */
  readonly onStopFailed: () => void;
  /** Reports a bug in this code, beside what the user is shown. */
  readonly onError: (thrown: unknown) => void;
}

/** Adds a turn to the registry and records its progress there. */
export interface TurnRunner {
  begin(turn: LocalTurn, body: SendBody, how: Beginning): void;
  /** Follows a turn that the server has. */
  watch(turn: LocalTurn, reply?: readonly Entry[]): void;
  /** Stops a running turn. An undelivered one is not resent. */
  stop(turn: LocalTurn): void;
}

interface Beginning {
  readonly stream: boolean;
  /** Sent before, and may have arrived. */
  readonly wasSent?: boolean;
  /** The reply so far, for a turn that is new here. */
  readonly reply?: readonly Entry[];
}

export const NOT_SENT: Problem = localProblem('not-sent');

/** The outcome is unknown, so the turn counts as unanswered: its key keeps a retry from being paid twice. */
const BROKEN: Problem = localProblem('page-fault');

/** The problem to show when following a turn was aborted or threw. */
function endProblem({ onError }: TurnDeps, thrown: unknown, signal: AbortSignal): Problem {
  if (signal.aborted) return NOT_SENT;
  onError(thrown);
  return BROKEN;
}

export function turnRunner(deps: TurnDeps): TurnRunner {
  const { registry, storage } = deps;
  const running = new Map<string, AbortController>();

  const giveUp = (turn: LocalTurn) => {
    // Abort first, so that nothing still being sent arrives after the stop request.
    running.get(turn.id)?.abort();
    void requestStop(deps, turn);
  };

  const follow = ({ id, sessionId }: LocalTurn, source: TurnSource) => {
    const controller = new AbortController();
    running.set(id, controller);
    void followTurn(source, recording(deps, { id, sessionId }, giveUp), controller.signal)
      .catch((thrown: unknown) => endProblem(deps, thrown, controller.signal))
      .then((problem) => {
        running.delete(id);
        ended(deps, id, problem);
      });
  };

  return {
    stop(turn) {
      registry.change(turn.id, { stopping: true });
      if (turn.phase === 'lost' && !turn.confirmed) giveUp(turn);
      else void requestStop(deps, turn);
    },
    watch(turn, reply) {
      registry.add(turn, reply);
      follow(turn, watching(registry, turn.id));
    },
    begin(turn, body, { stream, wasSent = false, reply }) {
      const { id, sessionId, model } = turn;
      const request = { id, sessionId, model, body };
      if ('text' in body) keepUnsent(storage, sessionId, { id, model, ...body });
      registry.add(turn, reply);
      follow(turn, {
        ...watching(registry, id),
        wasSent,
        begin: stream ? (signal) => withRate(deps, streamTurn(request, signal)) : null,
        beginPlain: (signal) => withRate(deps, plainTurn(request, signal)),
      });
    },
  };
}

/** Records what happens to a followed turn. */
function recording(
  deps: TurnDeps,
  { id, sessionId }: Pick<LocalTurn, 'id' | 'sessionId'>,
  giveUp: (turn: LocalTurn) => void,
): FollowDeps {
  const { registry, storage, pause } = deps;
  return {
    pause,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    onLost() {
      const turn = registry.get(id);
      if (turn?.stopping && !turn.confirmed) giveUp(turn);
      else registry.change(id, { phase: 'lost' });
    },
    onSendAgain() {
      registry.change(id, { phase: 'sending' });
    },
    onEvent(event) {
      registry.record(id, event);
      if (event.type !== 'turn-start') return;
      dropUnsent(storage, sessionId, new Set([id]));
      const turn = registry.get(id);
      // Stop was pressed before the server confirmed the turn.
      if (turn?.stopping) void requestStop(deps, turn);
    },
  };
}

/** A refusal is shown again after a reload, in the same words. */
function ended({ registry, storage }: TurnDeps, id: string, problem: Problem | null): void {
  registry.change(id, { phase: 'ended', stopping: false, problem });
  const turn = registry.get(id);
  if (!problem || !turn || turn.confirmed || turn.userText === null) return;
  const { sessionId, userText: text, model, retryOf, place } = turn;
  keepUnsent(storage, sessionId, { id, text, model, retryOf, parent: place?.after, problem });
}

const watching = (registry: TurnRegistry, id: string): TurnSource => ({
  begin: null,
  beginPlain: null,
  wasSent: true,
  reply: {
    length: () => registry.reply(id).length(),
    since: (position) => registry.reply(id).since(position),
  },
  watch: (position, signal) => watchTurn(registry.get(id)?.requestId ?? id, position, signal),
});

async function requestStop({ registry, onStopFailed }: TurnDeps, { id, requestId }: LocalTurn) {
  const answer = await stopTurn(requestId);
  if (answer.ok || answer.problem.code === 404) return;
  const turn = registry.get(id);
  // An unconfirmed turn is stopped once it is confirmed.
  if (!turn?.confirmed || turn.phase === 'ended') return;
  registry.change(id, { stopping: false });
  onStopFailed();
}

async function withRate<Value>({ onRate }: TurnDeps, answering: Promise<CallResult<Value>>) {
  const answer = await answering;
  if (answer.rate) onRate(answer.rate);
  return answer;
}
