import { readPage } from '@/lib/client/net/api';
import type { ClientState } from './client-state';
import { isRefusal, type Problem } from '@/lib/client/net/problem';

const AFTER_FAILURE_MS = 5000;
const WHILE_CHANGING_MS = 300;

/** Reads again what the page shows. Answers after how long that must be tried again; null: it is done. */
export async function refreshPage(
  { shown, turns: { book }, changing }: Pick<ClientState, 'shown' | 'turns' | 'changing'>,
  sessionId: string | null,
): Promise<number | null> {
  // A change of this tab that is on its way shows already, and what is read now may be from before it.
  const changedMeanwhile = () => changing.get() > 0;
  if (changedMeanwhile()) return WHILE_CHANGING_MS;
  const changesBefore = changing.count();
  const failed = sessionId === null ? [] : book.of(sessionId).filter(hasFailed);
  const answer = await readPage(sessionId);
  if (!answer.ok) return afterFailure(answer.problem);
  if (changedMeanwhile() || changing.count() !== changesBefore) return WHILE_CHANGING_MS;
  const { session } = answer.value;
  shown.set({ sessionId, page: answer.value });
  // Dismissed or sent again elsewhere.
  const kept = new Set(session?.failed.map(({ requestId }) => requestId));
  if (session) for (const { id, requestId } of failed) if (!kept.has(requestId)) book.remove(id);
  return null;
}

/** Null where asking again would be answered the same. */
function afterFailure(problem: Problem): number | null {
  if (isRefusal(problem)) return null;
  return Math.max(AFTER_FAILURE_MS, (problem.retryAt ?? 0) - Date.now());
}

const hasFailed = ({ confirmed, end }: { confirmed: boolean; end: { state: string } | null }) =>
  confirmed && end?.state === 'failed';
