import { newId } from '@/lib/client/browser/new-id';
import { isUnanswered } from '@/lib/client/net/problem';
import { dismissTurn, type Ask } from './turn-api';
import { newTurn, type ContinuedReply, type LocalTurn, type TurnBook } from './turn-registry';
import { turnRunner, type TurnDeps } from './turn-runner';
import { dropUnsent } from './unsent';
import { unsentTurns, type UnsentTurns } from './unsent-turns';

export interface NewSend {
  readonly sessionId: string;
  readonly text: string;
  readonly model: string;
  readonly stream: boolean;
  readonly retryOf: string | null;
}

export interface NewContinuation {
  readonly sessionId: string;
  readonly continues: ContinuedReply;
  /** What there is of the reply. */
  readonly text: string;
  readonly model: string;
  readonly stream: boolean;
}

/** What a person can do with turns. The server owns a turn: leaving the page or the session does not end it. */
export interface Turns extends UnsentTurns {
  readonly book: TurnBook;
  send(send: NewSend): void;
  /** Goes on with a reply; once while it is at it. */
  continue(continuation: NewContinuation): void;
  /** Follows a turn that runs already; once is enough. `text`: what the page has of its reply. */
  watch(sessionId: string, requestId: string, text?: string): void;
  stop(id: string): void;
  /** Tries again what did not arrive or whose connection was lost: under the same key, never paid twice. */
  resume(id: string, stream: boolean): void;
  /** Takes a failed turn away, here and on the server. */
  dismiss(id: string): void;
}

export function openTurns(deps: TurnDeps): Turns {
  const { book, storage } = deps;
  const runner = turnRunner(deps);
  /** Request ids of turns that were stopped or dismissed before the server said that it has them. */
  const givenUp = new Set<string>();
  return {
    ...unsentTurns(deps),
    book,
    send({ sessionId, text, model, stream, retryOf }) {
      const turn = { ...newTurn(newId(), sessionId), words: text, model, retryOf };
      runner.begin(turn, { text, retryOf }, { stream });
    },
    continue({ sessionId, continues, text, model, stream }) {
      const { key, requestId } = continues;
      const atIt = ({ phase, continues: other }: LocalTurn) =>
        phase !== 'ended' && other?.key === key;
      if (book.of(sessionId).some(atIt)) return;
      const turn = { ...newTurn(newId(), sessionId), model, continues };
      runner.begin(turn, { continues: requestId }, { stream, text });
    },
    watch(sessionId, requestId, text) {
      const known = book.of(sessionId).find((turn) => turn.requestId === requestId);
      // It arrived after all, and nobody wants it.
      const stopping = givenUp.delete(requestId);
      // Given up as not sent, although the server has it. What it refused stays refused: a page read earlier may say
      // that it runs.
      const arrived = known?.phase === 'ended' && !known.confirmed && isUnanswered(known.problem);
      if (known && !arrived) {
        if (stopping && !known.confirmed && known.phase !== 'ended') runner.stop(known);
        return;
      }
      const turn = known ?? newTurn(requestId, sessionId);
      runner.watch({ ...turn, confirmed: true, stopping, phase: 'writing', problem: null }, text);
    },
    stop(id) {
      const turn = book.get(id);
      if (!turn || turn.phase === 'ended') return;
      if (!turn.confirmed) givenUp.add(turn.requestId);
      runner.stop(turn);
    },
    resume(id, stream) {
      const turn = book.get(id);
      if (turn?.phase !== 'ended') return;
      givenUp.delete(turn.requestId);
      const again: LocalTurn = { ...turn, phase: 'sending', problem: null };
      const ask = turn.confirmed ? null : askOf(turn);
      // Its key is forgotten after a day; that it was there is not.
      const wasSent = isUnanswered(turn.problem);
      if (ask) runner.begin(again, ask, { stream, wasSent });
      else runner.watch(again);
    },
    dismiss(id) {
      const turn = book.get(id);
      if (!turn) return;
      dropUnsent(storage, turn.sessionId, new Set([id]));
      const { confirmed, problem, requestId, retryOf } = turn;
      // What was refused is not there. What was not answered may be.
      if (!confirmed && isUnanswered(problem)) givenUp.add(requestId);
      if (confirmed || givenUp.has(requestId)) void dismissTurn(requestId);
      // The server still has the one that it was to replace, with the same words.
      if (!confirmed && retryOf !== null) void dismissTurn(retryOf);
      book.remove(id);
    },
  };
}

/** What a turn was sent with; null for one that was found running. */
function askOf({ words, retryOf, continues }: LocalTurn): Ask | null {
  if (continues) return { continues: continues.requestId };
  return words === null ? null : { text: words, retryOf };
}
