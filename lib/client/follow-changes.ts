import type { Answer } from './call';
import { withLinkedSignal } from './linked-signal';
import { readSse } from './read-sse';

interface FollowDeps {
  readonly open: (signal: AbortSignal) => Promise<Answer<Response>>;
  /** The feed has opened, and may have missed something before, or tells of a change. */
  readonly onChange: () => void;
  /** The connection is gone and will be tried again. */
  readonly onLost: () => void;
  /** The server is there and gives no feed: to nobody whom it does not know, and none to whom has many. */
  readonly onRefused: () => void;
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** How long the feed may be silent before it counts as lost. */
  readonly silenceMs: number;
}

/** A feed that lasted so long was a good one: the next attempt comes soon. */
const STEADY_MS = 5000;
/** Who is refused a feed asks seldom, as after many attempts. */
const SELDOM = 100;
const REFUSALS = [401, 403, 429];

/** Follows what changes elsewhere, over as many connections as it takes, until `signal` aborts. */
export async function followChanges(deps: FollowDeps, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = Date.now();
    const answer = await withLinkedSignal(signal, (linked) => followOnce(deps, linked));
    if (signal.aborted) return;
    if (answer && !answer.ok && REFUSALS.includes(answer.problem.code)) {
      deps.onRefused();
      await deps.pause(SELDOM, signal);
      continue;
    }
    if (answer?.ok && Date.now() - startedAt > STEADY_MS) failures = 0;
    deps.onLost();
    await deps.pause(failures, signal);
    failures += 1;
  }
}

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
