import { settledTurns, type TurnsOfPage } from './settled-turns';
import { newTurn } from './turn-registry';
import { NOT_SENT, type TurnDeps } from './turn-runner';
import { dropUnsent, readUnsent } from './unsent';

/** Sent messages without an answer. */
export interface UnsentTurns {
  /** Shows messages of an earlier visit that never arrived. */
  restoreUnsent(sessionId: string): void;
  /** Drops those that a page has: they arrived. Of ended turns, only the newest are kept. */
  dropArrived(page: TurnsOfPage): void;
}

export const unsentTurns = ({ registry, storage }: TurnDeps): UnsentTurns => ({
  restoreUnsent(sessionId) {
    for (const { id, text, model, retryOf, parent, problem } of readUnsent(storage, sessionId)) {
      if (registry.get(id)) continue;
      const place = parent === undefined ? null : { after: parent, regenerates: null };
      const turn = { ...newTurn(id, sessionId), userText: text, model, retryOf, place };
      registry.add({ ...turn, phase: 'ended', problem: problem ?? NOT_SENT });
    }
  },
  dropArrived(page) {
    const { id: sessionId, messages, running, failed } = page;
    const ended = [
      ...messages.map(({ turn }) => turn),
      ...failed.map(({ requestId }) => requestId),
    ];
    const arrived = new Set([...ended, ...running].filter((id) => id !== null));
    dropUnsent(storage, sessionId, arrived);
    // Running turns are kept and followed, with the user's text known here.
    for (const id of running) arrived.delete(id);
    for (const { id, requestId, phase, confirmed } of registry.of(sessionId))
      if (phase === 'ended' && !confirmed && arrived.has(requestId)) registry.remove(id);
    for (const id of settledTurns(registry.all(), page)) registry.remove(id);
  },
});
