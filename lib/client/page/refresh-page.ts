import { readPage } from '@/lib/client/net/api';
import type { ClientState } from './client-state';
import { isRefusal, type Problem } from '@/lib/client/net/problem';

const AFTER_FAILURE_MS = 5000;
const WHILE_WRITING_MS = 300;

/** Refreshes the page. Returns after how many milliseconds to retry; null: done. */
export async function refreshPage(
  {
    latestPage,
    turns: { registry },
    pendingWrites,
  }: Pick<ClientState, 'latestPage' | 'turns' | 'pendingWrites'>,
  sessionId: string | null,
): Promise<number | null> {
  // A pending change of this tab already shows, and the response may be older than it.
  const isWriting = () => pendingWrites.get() > 0;
  if (isWriting()) return WHILE_WRITING_MS;
  const changesBefore = pendingWrites.count();
  const failed = sessionId === null ? [] : registry.of(sessionId).filter(hasFailed);
  const readAt = performance.now();
  const answer = await readPage(sessionId);
  if (!answer.ok) return afterFailure(answer.problem);
  if (isWriting() || pendingWrites.count() !== changesBefore) return WHILE_WRITING_MS;
  const { session } = answer.value;
  latestPage.set({ sessionId, page: answer.value, readAt });
  // Failed turns that were dismissed or retried in another tab.
  const kept = new Set(session?.failed.map(({ requestId }) => requestId));
  if (session)
    for (const { id, requestId } of failed) if (!kept.has(requestId)) registry.remove(id);
  return null;
}

/** Null when a retry would get the same answer. */
function afterFailure(problem: Problem): number | null {
  if (isRefusal(problem)) return null;
  return Math.max(AFTER_FAILURE_MS, (problem.retryAt ?? 0) - Date.now());
}

const hasFailed = ({ confirmed, end }: { confirmed: boolean; end: { state: string } | null }) =>
  confirmed && end?.state === 'failed';
