import { newId } from '@/lib/client/browser/new-id';
import type { Entry } from '@/lib/reply/entry';
import { isUnanswered } from '@/lib/client/net/problem';
import { dismissTurn, type SendBody } from './turn-api';
import { newTurn, type ContinuedReply, type LocalTurn, type TurnRegistry } from './turn-registry';
import { turnRunner, type TurnDeps, type TurnRunner } from './turn-runner';
import { dropUnsent } from './unsent';
import { unsentTurns, type UnsentTurns } from './unsent-turns';

export interface NewSend {
  readonly sessionId: string;
  readonly text: string;
  readonly model: string;
  readonly stream: boolean;
  readonly retryOf: string | null;
  /** The message that it answers; null: it starts the conversation over. Absent: the end of the shown branch. */
  readonly parent?: string | null | undefined;
}

/** Another reply to a message. An empty model: that of the reply. */
interface NewReply {
  readonly sessionId: string;
  readonly regenerates: string;
  /** The user message. */
  readonly question: string;
  readonly model: string;
  readonly stream: boolean;
}

export interface NewContinuation {
  readonly sessionId: string;
  readonly continues: ContinuedReply;
  /** The reply so far. */
  readonly reply: readonly Entry[];
  readonly model: string;
  readonly stream: boolean;
}

/** The user's actions on turns. The server owns a turn: leaving the page or session does not end it. */
export interface TurnController extends UnsentTurns {
  readonly registry: TurnRegistry;
  send(send: NewSend): void;
  /** Begins another reply. No-op while one for the same message is in flight. */
  regenerate(reply: NewReply): void;
  /** Continues a reply. No-op while a continuation of it is in flight. */
  continue(continuation: NewContinuation): void;
  /** Follows a turn that already runs; no-op if it is followed. `reply`: what the page has of its reply. */
  watch(sessionId: string, requestId: string, reply?: readonly Entry[]): void;
  stop(id: string): void;
  /** Retries an undelivered message or a lost connection, under the same key, so it is never paid twice. */
  resume(id: string, stream: boolean): void;
  /** Removes a failed turn, here and on the server. Resolves when the server has answered. */
  dismiss(id: string): Promise<unknown>;
}

/** The turns of this tab. Sends nothing until used. */
export function openTurnController(deps: TurnDeps): TurnController {
  const { registry } = deps;
  const runner = turnRunner(deps);
  /** Request ids of turns that were stopped or dismissed before the server confirmed them. */
  const givenUp = new Set<string>();
  return {
    ...unsentTurns(deps),
    registry,
    send({ sessionId, text, model, stream, retryOf, parent }) {
      const place = parent === undefined ? null : { after: parent, regenerates: null };
      const turn = { ...newTurn(newId(), sessionId), userText: text, model, retryOf, place };
      runner.begin(turn, { text, retryOf, parent }, { stream });
    },
    regenerate: (reply) => {
      regenerate(registry, runner, reply);
    },
    continue: (continuation) => {
      continueReply(registry, runner, continuation);
    },
    watch(sessionId, requestId, reply) {
      // True if the user stopped it before the server confirmed it.
      const stopping = givenUp.delete(requestId);
      watch(registry, runner, { sessionId, requestId, reply, stopping });
    },
    stop(id) {
      const turn = registry.get(id);
      if (!turn || turn.phase === 'ended') return;
      if (!turn.confirmed) givenUp.add(turn.requestId);
      runner.stop(turn);
    },
    resume(id, stream) {
      const turn = registry.get(id);
      if (turn?.phase !== 'ended') return;
      givenUp.delete(turn.requestId);
      const again: LocalTurn = { ...turn, phase: 'sending', problem: null };
      const body = turn.confirmed ? null : bodyOf(turn);
      // The server forgets keys after a day, so look the turn up before resending.
      const wasSent = isUnanswered(turn.problem);
      if (body) runner.begin(again, body, { stream, wasSent });
      else runner.watch(again);
    },
    async dismiss(id) {
      const turn = registry.get(id);
      if (turn) await dismiss(deps, turn, givenUp);
    },
  };
}

function continueReply(
  registry: TurnRegistry,
  runner: TurnRunner,
  { sessionId, continues, reply, model, stream }: NewContinuation,
): void {
  const { key, requestId } = continues;
  const atIt = ({ phase, continues: other }: LocalTurn) => phase !== 'ended' && other?.key === key;
  if (registry.of(sessionId).some(atIt)) return;
  const turn = { ...newTurn(newId(), sessionId), model, continues };
  runner.begin(turn, { continues: requestId }, { stream, reply });
}

interface Running {
  readonly sessionId: string;
  readonly requestId: string;
  readonly reply: readonly Entry[] | undefined;
  readonly stopping: boolean;
}

function watch(
  registry: TurnRegistry,
  runner: TurnRunner,
  { sessionId, requestId, reply, stopping }: Running,
): void {
  const followed = registry.of(sessionId).find((turn) => turn.requestId === requestId);
  // Given up as unsent, but the server has it. A refused turn stays refused: an older page may report it as running.
  const arrived =
    followed?.phase === 'ended' && !followed.confirmed && isUnanswered(followed.problem);
  if (followed && !arrived) {
    if (stopping && !followed.confirmed && followed.phase !== 'ended') runner.stop(followed);
    return;
  }
  const turn = followed ?? newTurn(requestId, sessionId);
  const confirmedAt = turn.confirmedAt ?? performance.now();
  const found = { ...turn, confirmed: true, confirmedAt, stopping };
  runner.watch({ ...found, phase: 'writing', problem: null }, reply);
}

function regenerate(
  registry: TurnRegistry,
  runner: TurnRunner,
  { sessionId, regenerates, question, model, stream }: NewReply,
): void {
  const isSame = ({ phase, place }: LocalTurn) =>
    phase !== 'ended' && place?.regenerates != null && place.after === question;
  if (registry.of(sessionId).some(isSame)) return;
  const place = { after: question, regenerates };
  const turn = { ...newTurn(newId(), sessionId), model, place };
  runner.begin(turn, { regenerates }, { stream });
}

async function dismiss(
  { registry, storage }: TurnDeps,
  { id, sessionId, confirmed, problem, requestId, retryOf }: LocalTurn,
  givenUp: Set<string>,
): Promise<void> {
  dropUnsent(storage, sessionId, new Set([id]));
  // A refused message did not arrive. An unanswered one may have.
  if (!confirmed && isUnanswered(problem)) givenUp.add(requestId);
  registry.remove(id);
  await Promise.all([
    (confirmed || givenUp.has(requestId)) && dismissTurn(requestId),
    // The server still has the failed turn it would have replaced, with the same text.
    !confirmed && retryOf !== null && dismissTurn(retryOf),
  ]);
}

/** The input of a turn; null for one that was found running. */
function bodyOf({ userText, retryOf, continues, place }: LocalTurn): SendBody | null {
  if (continues) return { continues: continues.requestId };
  if (place?.regenerates) return { regenerates: place.regenerates };
  return userText === null ? null : { text: userText, retryOf, parent: place?.after };
}
