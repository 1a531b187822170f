import type { SessionPage } from '@/lib/page/session-page';
import type { LocalTurn } from './turn-registry';

/** So many stay, so that going back to what was just asked shows it at once. */
const KEPT = 20;

type Page = Pick<SessionPage, 'id' | 'messages' | 'running' | 'failed'>;

/**
 * Which of a tab's turns, oldest first, it need not keep any longer: they have ended, and `page`, or the page that their
 * session opens with, has all there is of them. Without this a tab would hold every reply that it ever saw written.
 */
export function settledTurns(turns: readonly LocalTurn[], page: Page): readonly string[] {
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
