import { newId } from './new-id';
import { stopTurn } from './turn-api';
import type { LocalTurn, TurnBook } from './turn-book';
import { NOT_SENT, turnRunner, type TurnDeps } from './turn-runner';
import { dropUnsent, readUnsent } from './unsent';

export interface NewSend {
  readonly sessionId: string;
  readonly text: string;
  readonly model: string;
  readonly stream: boolean;
  readonly retryOf: string | null;
}

/** What a person can do with turns. The server owns a turn: leaving the page or the session does not end it. */
export interface Turns {
  readonly book: TurnBook;
  send(send: NewSend): void;
  /** Follows a turn that runs already; once is enough. */
  watch(sessionId: string, requestId: string): void;
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
      runner.begin(turn, text, stream);
    },
    watch(sessionId, requestId) {
      const known = book.of(sessionId).find((turn) => turn.requestId === requestId);
      // Given up as not sent, although the server has it.
      const arrived = known?.phase === 'ended' && !known.confirmed;
      if (known && !arrived) return;
      const turn = known ?? fresh(requestId, sessionId);
      runner.watch({ ...turn, confirmed: true, phase: 'writing', problem: null });
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
      if (turn.confirmed || turn.words === null) runner.watch(again);
      else runner.begin(again, turn.words, stream);
    },
    dismiss(id) {
      const turn = book.get(id);
      if (!turn) return;
      dropUnsent(storage(), turn.sessionId, id);
      if (turn.confirmed) void stopTurn(turn.requestId);
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

const fresh = (id: string, sessionId: string): LocalTurn => ({
  id,
  sessionId,
  requestId: id,
  words: null,
  model: '',
  retryOf: null,
  phase: 'sending',
  confirmed: false,
  stopping: false,
  end: null,
  problem: null,
});
