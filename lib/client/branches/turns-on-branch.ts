import type { LocalTurn } from '@/lib/client/turns/turn-registry';
import type { PageFailedTurn, PageMessage } from '@/lib/page/session-page';

interface Shown {
  readonly messages: readonly PageMessage[];
  readonly running: readonly string[];
  readonly failed: readonly Pick<PageFailedTurn, 'requestId'>[];
  /** This tab's turns of the session. */
  readonly turns: readonly LocalTurn[];
  /** When the page was asked for; null: unknown. */
  readonly readAt: number | null;
}

/**
 * This tab's turns that belong to the shown branch, and the messages before them. A turn that the page was read too
 * early for begins its branch at once: what comes after its place is left out. A later page decides.
 */
export function turnsOnBranch({ messages, running, failed, turns, readAt }: Shown): {
  readonly messages: readonly PageMessage[];
  readonly turns: readonly LocalTurn[];
} {
  const shownIds = new Set<string | null>([
    ...messages.flatMap(({ id, turn }) => [id, turn]),
    ...running,
    ...failed.map(({ requestId }) => requestId),
  ]);
  const isKnown = ({ requestId, end }: LocalTurn) =>
    shownIds.has(requestId) || shownIds.has(end?.replyId ?? '');
  const isLate = ({ confirmedAt }: LocalTurn) =>
    readAt !== null && confirmedAt !== null && readAt > confirmedAt;
  const here = turns.filter((turn) => isKnown(turn) || !isLate(turn));
  const ahead = here.findLast((turn) => turn.place !== null && !isKnown(turn) && !isOver(turn));
  return { messages: ahead?.place ? upTo(messages, ahead.place.after) : messages, turns: here };
}

/** It ended without a reply, so the branch before it is shown. */
const isOver = ({ phase, end }: LocalTurn): boolean => phase === 'ended' && !end?.replyId;

function upTo(messages: readonly PageMessage[], last: string | null): readonly PageMessage[] {
  return messages.slice(0, messages.findIndex(({ id }) => id === last) + 1);
}
