import { newId } from './new-id';
import { dismissTurn, stopTurn, type Ask } from './turn-api';
import type { ContinuedReply, LocalTurn, TurnBook } from './turn-book';
import { NOT_SENT, turnRunner, type TurnDeps } from './turn-runner';
import { dropUnsent, readUnsent } from './unsent';

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
export interface Turns {
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
  /** Shows the messages that an earlier visit sent and that never arrived. */
  restoreUnsent(sessionId: string): void;
}

export function openTurns(deps: TurnDeps): Turns {
  const { book, storage } = deps;
  const runner = turnRunner(deps);
  return {
    book,
    send({ sessionId, text, model, stream, retryOf }) {
      const turn = { ...fresh(newId(), sessionId), words: text, model, retryOf };
      runner.begin(turn, { text, retryOf }, stream);
    },
    continue({ sessionId, continues, text, model, stream }) {
      const { key, requestId } = continues;
      const atIt = ({ phase, continues: other }: LocalTurn) =>
        phase !== 'ended' && other?.key === key;
      if (book.of(sessionId).some(atIt)) return;
      const turn = { ...fresh(newId(), sessionId), model, continues };
      runner.begin(turn, { continues: requestId }, stream, text);
    },
    watch(sessionId, requestId, text) {
      const known = book.of(sessionId).find((turn) => turn.requestId === requestId);
      // Given up as not sent, although the server has it. What it refused stays refused: a page read earlier may say
      // that it runs.
      const unsent = known?.problem?.code === NOT_SENT.code;
      const arrived = known?.phase === 'ended' && !known.confirmed && unsent;
      if (known && !arrived) return;
      const turn = known ?? fresh(requestId, sessionId);
      runner.watch({ ...turn, confirmed: true, phase: 'writing', problem: null }, text);
    },
    stop(id) {
      const turn = book.get(id);
      if (!turn || turn.phase === 'ended') return;
      book.change(id, { stopping: true });
      if (turn.phase === 'lost' && !turn.confirmed) runner.leave(id);
      else void stopTurn(turn.requestId);
    },
    resume(id, stream) {
      const turn = book.get(id);
      if (turn?.phase !== 'ended') return;
      const again: LocalTurn = { ...turn, phase: 'sending', problem: null };
      const ask = turn.confirmed ? null : askOf(turn);
      if (ask) runner.begin(again, ask, stream);
      else runner.watch(again);
    },
    dismiss(id) {
      const turn = book.get(id);
      if (!turn) return;
      dropUnsent(storage(), turn.sessionId, id);
      if (turn.confirmed) void dismissTurn(turn.requestId);
      book.remove(id);
    },
    restoreUnsent(sessionId) {
      for (const { id, text, model } of readUnsent(storage(), sessionId)) {
        if (book.get(id)) continue;
        const turn = { ...fresh(id, sessionId), words: text, model };
        book.add({ ...turn, phase: 'ended', problem: NOT_SENT });
      }
    },
  };
}

/** What a turn was sent with; null for one that was found running. */
function askOf({ words, retryOf, continues }: LocalTurn): Ask | null {
  if (continues) return { continues: continues.requestId };
  return words === null ? null : { text: words, retryOf };
}

const fresh = (id: string, sessionId: string): LocalTurn => ({
  id,
  sessionId,
  requestId: id,
  words: null,
  model: '',
  retryOf: null,
  continues: null,
  phase: 'sending',
  confirmed: false,
  stopping: false,
  end: null,
  problem: null,
});
