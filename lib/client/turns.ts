import type { DraftStorage } from './drafts';
import { followTurn, type FollowDeps, type TurnSource } from './follow-turn';
import { newId } from './new-id';
import type { Problem } from './problem';
import type { Rate } from './rate';
import type { Answer } from './api';
import { plainTurn, stopTurn, streamTurn, watchTurn } from './turn-api';
import type { LocalTurn, TurnBook } from './turn-book';
import { dropUnsent, keepUnsent, readUnsent } from './unsent';

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

export interface TurnDeps {
  readonly book: TurnBook;
  readonly storage: () => DraftStorage;
  readonly pause: FollowDeps['pause'];
  readonly onRate: (rate: Rate) => void;
}

/** Three of the server's keep-alive comments may be missed. */
const SILENCE_MS = 50_000;

const NOT_SENT: Problem = {
  code: 0,
  message: 'This message was not sent.',
  ref: null,
  retryAt: null,
};

export function openTurns({ book, storage, pause, onRate }: TurnDeps): Turns {
  const leaving = new Map<string, AbortController>();

  const follow = (turn: LocalTurn, source: TurnSource) => {
    const { id, sessionId } = turn;
    const controller = new AbortController();
    leaving.set(id, controller);
    const deps: FollowDeps = {
      pause,
      silenceMs: SILENCE_MS,
      onLost: () => {
        book.change(id, { phase: 'lost' });
      },
      onEvent(event) {
        book.record(id, event);
        if (event.type !== 'turn-start') return;
        dropUnsent(storage(), sessionId, id);
        // Stop was pressed before the server knew of the turn.
        if (book.get(id)?.stopping) void stopTurn(event.requestId);
      },
    };
    followTurn(source, deps, controller.signal).then(
      (problem) => {
        book.change(id, { phase: 'ended', stopping: false, problem });
      },
      () => {
        book.change(id, { phase: 'ended', stopping: false, problem: NOT_SENT });
      },
    );
  };

  const withRate = async (answering: Promise<Answer<Response>>) => {
    const answer = await answering;
    if (answer.rate) onRate(answer.rate);
    return answer;
  };

  const watching = (id: string): TurnSource => ({
    begin: null,
    beginPlain: null,
    watch: (_, signal) => watchTurn(book.get(id)?.requestId ?? id, book.text(id).length, signal),
  });

  const sending = (turn: LocalTurn, text: string, stream: boolean): TurnSource => {
    const request = { ...turn, text };
    return {
      begin: stream ? (signal) => withRate(streamTurn(request, signal)) : null,
      beginPlain: (signal) => withRate(plainTurn(request, signal)),
      watch: watching(turn.id).watch,
    };
  };

  const begin = (turn: LocalTurn, text: string, stream: boolean) => {
    book.add(turn);
    keepUnsent(storage(), turn.sessionId, { id: turn.id, text, model: turn.model });
    follow(turn, sending(turn, text, stream));
  };

  const knows = (sessionId: string, requestId: string) =>
    book.of(sessionId).some((turn) => turn.requestId === requestId);

  return {
    book,
    send({ sessionId, text, model, stream, retryOf }) {
      begin({ ...fresh(newId(), sessionId), words: text, model, retryOf }, text, stream);
    },
    watch(sessionId, requestId) {
      if (knows(sessionId, requestId)) return;
      const turn: LocalTurn = { ...fresh(requestId, sessionId), confirmed: true, phase: 'writing' };
      book.add(turn);
      follow(turn, watching(requestId));
    },
    stop(id) {
      const turn = book.get(id);
      if (!turn || turn.phase === 'ended') return;
      book.change(id, { stopping: true });
      if (turn.phase === 'lost' && !turn.confirmed) leaving.get(id)?.abort();
      else void stopTurn(turn.requestId);
    },
    resume(id, stream) {
      const turn = book.get(id);
      if (!turn || turn.phase !== 'ended') return;
      const again: LocalTurn = { ...turn, phase: 'sending', problem: null };
      if (turn.confirmed || turn.words === null) {
        book.add(again);
        follow(again, watching(id));
      } else {
        begin(again, turn.words, stream);
      }
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
