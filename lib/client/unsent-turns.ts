import { newTurn } from './turn-book';
import { NOT_SENT, type TurnDeps } from './turn-runner';
import { readUnsent } from './unsent';

/** Messages that were sent and of which no answer came. */
export interface UnsentTurns {
  /** Shows those that an earlier visit sent and that never arrived. */
  restoreUnsent(sessionId: string): void;
}

export const unsentTurns = ({ book, storage }: TurnDeps): UnsentTurns => ({
  restoreUnsent(sessionId) {
    for (const { id, text, model } of readUnsent(storage(), sessionId)) {
      if (book.get(id)) continue;
      const turn = { ...newTurn(id, sessionId), words: text, model };
      book.add({ ...turn, phase: 'ended', problem: NOT_SENT });
    }
  },
});
