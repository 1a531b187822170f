import type { Answer } from '@/lib/client/net/call';
import { withLinkedSignal } from '@/lib/client/net/linked-signal';
import { isRefusal, type Problem } from '@/lib/client/net/problem';
import { readSse } from '@/lib/client/net/read-sse';
import type { Pause } from '@/lib/client/net/reconnect';

interface FollowDeps {
  readonly open: (signal: AbortSignal) => Promise<Answer<Response>>;
  /** The feed has opened, and may have missed something before, or tells of a change. */
  readonly onChange: () => void;
  /** The connection is gone and will be tried again. */
  readonly onLost: () => void;
  /** The server is there and gives no feed: to nobody whom it does not know, and none to who has many. */
  readonly onRefused: (problem: Problem) => void;
  readonly pause: Pause;
  /** How long the feed may be silent before it counts as lost. */
  readonly silenceMs: number;
}

/** A feed that lasted so long was a good one: the next attempt comes soon. */
const STEADY_MS = 5000;

/**
 * Follows what changes elsewhere, over as many connections as it takes, until `signal` aborts or the server refuses for
 * good. While it says when to come back, nothing is asked.
 */
export async function followChanges(deps: FollowDeps, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = Date.now();
    const answer = await withLinkedSignal(signal, (linked) => followOnce(deps, linked));
    if (signal.aborted) return;
    if (answer?.ok && Date.now() - startedAt > STEADY_MS) failures = 0;
    const problem = answer && refusalOf(answer);
    if (problem) deps.onRefused(problem);
    else deps.onLost();
    if (problem && isRefusal(problem)) return;
    await deps.pause(failures, signal, problem?.retryAt);
    failures += 1;
  }
}

/** What a server that is there says instead of opening the feed, now or for good. */
const refusalOf = (answer: Answer<Response>): Problem | null =>
  !answer.ok && (isRefusal(answer.problem) || answer.problem.code === 429) ? answer.problem : null;

/** Follows over one connection until it ends. */
async function followOnce(deps: FollowDeps, signal: AbortSignal): Promise<Answer<Response> | null> {
  // It rejects only when the signal aborts.
  const answer = await deps.open(signal).catch(() => null);
  if (answer?.ok) {
    await readSse(answer.value, deps.silenceMs, (frames) => {
      if (frames.length > 0 && !signal.aborted) deps.onChange();
      return null;
    });
  }
  return answer;
}
