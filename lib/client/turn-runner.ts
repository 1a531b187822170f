import type { Answer } from './api';
import type { DraftStorage } from './drafts';
import { followTurn, type FollowDeps, type TurnSource } from './follow-turn';
import type { Problem } from './problem';
import type { Rate } from './rate';
import { SILENCE_MS } from './reconnect';
import { plainTurn, stopTurn, streamTurn, watchTurn, type Ask } from './turn-api';
import type { LocalTurn, TurnBook } from './turn-book';
import { dropUnsent, keepUnsent } from './unsent';

export interface TurnDeps {
  readonly book: TurnBook;
  readonly storage: () => DraftStorage;
  readonly pause: FollowDeps['pause'];
  readonly onRate: (rate: Rate) => void;
}

/** Puts a turn into the book and writes there what becomes of it. */
export interface TurnRunner {
  /** `text`: what there is of the reply already, for a turn that is new here. */
  begin(turn: LocalTurn, ask: Ask, stream: boolean, text?: string): void;
  /** Follows a turn that the server has. */
  watch(turn: LocalTurn, text?: string): void;
  /** Gives up a turn that the server has not confirmed. */
  leave(id: string): void;
}

export const NOT_SENT: Problem = {
  code: 0,
  message: 'This message was not sent.',
  ref: null,
  retryAt: null,
};

export function turnRunner({ book, storage, pause, onRate }: TurnDeps): TurnRunner {
  const running = new Map<string, AbortController>();

  const follow = ({ id, sessionId }: LocalTurn, source: TurnSource) => {
    const controller = new AbortController();
    running.set(id, controller);
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
    void followTurn(source, deps, controller.signal)
      .catch(() => NOT_SENT)
      .then((problem) => {
        running.delete(id);
        book.change(id, { phase: 'ended', stopping: false, problem });
      });
  };

  const withRate = async (answering: Promise<Answer<Response>>) => {
    const answer = await answering;
    if (answer.rate) onRate(answer.rate);
    return answer;
  };

  const watching = (id: string): TurnSource => ({
    begin: null,
    beginPlain: null,
    have: book.text(id).length,
    watch: (offset, signal) => watchTurn(book.get(id)?.requestId ?? id, offset, signal),
  });

  return {
    leave(id) {
      running.get(id)?.abort();
    },
    watch(turn, text) {
      book.add(turn, text);
      follow(turn, watching(turn.id));
    },
    begin(turn, ask, stream, text) {
      const { id, sessionId, model } = turn;
      const request = { id, sessionId, model, ask };
      if ('text' in ask) keepUnsent(storage(), sessionId, { id, text: ask.text, model });
      book.add(turn, text);
      follow(turn, {
        ...watching(id),
        begin: stream ? (signal) => withRate(streamTurn(request, signal)) : null,
        beginPlain: (signal) => withRate(plainTurn(request, signal)),
      });
    },
  };
}
