import type { SessionPage } from '@/lib/page/session-page';
import type { LocalTurn } from './turn-registry';

/** This many are kept, so that going back shows a recent reply at once. */
const KEPT = 20;

/** What of a page tells which turns it has. */
export type TurnsOfPage = Pick<SessionPage, 'id' | 'messages' | 'running' | 'failed'>;

/**
 * Which of a tab's turns, oldest first, can be dropped: they ended, and `page`, or the page of their own session, has
 * them. Otherwise a tab would keep every reply it ever streamed.
 */
export function settledTurns(turns: readonly LocalTurn[], page: TurnsOfPage): readonly string[] {
  const { messages, failed, running } = page;
  const has = new Set<string | null>([
    ...messages.flatMap(({ id, turn }) => [id, turn]),
    ...failed.map(({ requestId }) => requestId),
  ]);
  const runs = new Set(running);
  const shown = ({ requestId, end }: LocalTurn) =>
    !runs.has(requestId) && (has.has(requestId) || has.has(end?.replyId ?? ''));
  const settled = turns.filter(
    (turn) =>
      turn.phase === 'ended' && turn.confirmed && (turn.sessionId !== page.id || shown(turn)),
  );
  return settled.slice(0, Math.max(0, settled.length - KEPT)).map(({ id }) => id);
}
