import type { CallResult } from '@/lib/client/net/call';
import { withLinkedSignal } from '@/lib/client/net/linked-signal';
import { isRefusal, type Problem } from '@/lib/client/net/problem';
import { readSse } from '@/lib/client/net/read-sse';
import type { Backoff } from '@/lib/client/net/backoff';

interface FollowDeps {
  readonly open: (signal: AbortSignal) => Promise<CallResult<Response>>;
  /** The feed opened, and may have missed changes before, or reports one. */
  readonly onChange: () => void;
  /** The connection is lost. The feed will reconnect. */
  readonly onLost: () => void;
  /** The server refused the feed: the user is unknown (401) or has too many feeds (429). */
  readonly onRefused: (problem: Problem) => void;
  readonly pause: Backoff;
  /** Timeout for silence, in milliseconds. */
  readonly idleTimeoutMs: number;
}

/** After a connection of this length the backoff starts over. */
const STABLE_MS = 5000;

/**
 * Follows the change feed and reconnects until `signal` aborts or the server refuses permanently. Respects `Retry-After`.
 */
export async function followChanges(deps: FollowDeps, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = Date.now();
    const answer = await withLinkedSignal(signal, (linked) => followOnce(deps, linked));
    if (signal.aborted) return;
    if (answer?.ok && Date.now() - startedAt > STABLE_MS) failures = 0;
    const problem = answer && problemOfRefusal(answer);
    if (problem) deps.onRefused(problem);
    else deps.onLost();
    if (problem && isRefusal(problem)) return;
    await deps.pause(failures, signal, problem?.retryAt);
    failures += 1;
  }
}

/** The server's refusal, permanent or for now. */
const problemOfRefusal = (answer: CallResult<Response>): Problem | null =>
  !answer.ok && (isRefusal(answer.problem) || answer.problem.code === 429) ? answer.problem : null;

/** Follows one connection until it ends. */
async function followOnce(
  deps: FollowDeps,
  signal: AbortSignal,
): Promise<CallResult<Response> | null> {
  // Rejects only when the signal aborts.
  const answer = await deps.open(signal).catch(() => null);
  if (answer?.ok) {
    await readSse(answer.value, deps.idleTimeoutMs, (frames) => {
      if (frames.length > 0 && !signal.aborted) deps.onChange();
      return null;
    });
  }
  return answer;
}
