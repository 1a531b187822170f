import type { TurnEvent } from '@/lib/chat/turn/events';
import type { presentReply } from '@/lib/chat/turn/present';
import type { Answer } from '@/lib/client/net/call';
import { withLinkedSignal } from '@/lib/client/net/linked-signal';
import { isUnanswered, UNREACHABLE, type Problem } from '@/lib/client/net/problem';
import type { Pause } from '@/lib/client/net/reconnect';
import { readTurnStream, type StreamOutcome } from './read-turn-stream';

/** The three ways to the events of one turn. `begin` and `beginPlain` carry the same idempotency key. */
export interface TurnSource {
  /** Null for a turn that is not streamed, or only watched. */
  readonly begin: ((signal: AbortSignal) => Promise<Answer<Response>>) | null;
  /** Null for a turn that is only watched. */
  readonly beginPlain: ((signal: AbortSignal) => Promise<Answer<PlainReply>>) | null;
  readonly watch: (offset: number, signal: AbortSignal) => Promise<Answer<Response>>;
  /** It was sent before, and may have arrived. */
  readonly wasSent: boolean;
  /** The text that is there already; it grows by the events. */
  readonly text: () => string;
}

export interface FollowDeps {
  readonly onEvent: (event: TurnEvent) => void;
  /** The connection is gone and will be tried again. */
  readonly onLost: () => void;
  /** The server is there again, does not know the turn, and is about to be sent it once more. */
  readonly onSendAgain: () => void;
  /** Waits before another attempt; `attempt` counts those that failed in a row. */
  readonly pause: Pause;
  /** How long a stream may be silent before it counts as lost. */
  readonly silenceMs: number;
}

type Attempt =
  | Extract<StreamOutcome, { kind: 'ended' }>
  /** `retryAt`: before it the server will not answer. */
  | { kind: 'lost'; retryAt?: number | null }
  | { kind: 'refused'; problem: Problem };
type Reading = Pick<FollowDeps, 'onEvent' | 'silenceMs'> & Pick<TurnSource, 'text'>;

/**
 * Follows a turn to its end, over as many connections as it takes. Answers what went wrong, or null. Until the server
 * has confirmed the turn, it is looked for there and sent again under its key, a limited number of times; after that it
 * is only watched, for as long as it takes. Rejects with the signal's reason.
 */
export async function followTurn(
  source: TurnSource,
  deps: FollowDeps,
  signal: AbortSignal,
): Promise<Problem | null> {
  let confirmed = source.beginPlain === null;
  let failures = 0;
  const reading: Reading = {
    silenceMs: deps.silenceMs,
    text: source.text,
    onEvent(event) {
      confirmed = true;
      failures = 0;
      deps.onEvent(event);
    },
  };
  const attemptOnce = async (first: boolean, connected: AbortSignal): Promise<Attempt> => {
    if (confirmed || !first || source.wasSent) {
      const watched = await watchOn(source, reading, connected);
      // A request whose answer was lost may have begun the turn all the same.
      if (confirmed) return watched;
      if (watched.kind === 'refused') deps.onSendAgain();
    }
    return begin(source, reading, first, connected);
  };
  for (let first = true; ; first = false) {
    const attempt = await withLinkedSignal(signal, (linked) => attemptOnce(first, linked));
    signal.throwIfAborted();
    if (attempt.kind !== 'lost') return attempt.problem;
    deps.onLost();
    signal.throwIfAborted();
    // The plain request stands in for the stream at once; only what follows is paced.
    const fallingBack = first && !confirmed && source.begin !== null;
    if (fallingBack) continue;
    if (!confirmed && failures >= SENDS_MAX) return UNREACHABLE;
    await deps.pause(failures++, signal, attempt.retryAt);
    signal.throwIfAborted();
  }
}

/** After a minute or two of no answer the person is told that the message was not sent, and may decide. */
const SENDS_MAX = 10;

/** Comes back from anything but "no such turn". */
async function watchOn(
  { watch }: TurnSource,
  reading: Reading,
  signal: AbortSignal,
): Promise<Attempt> {
  const answer = await watch(reading.text().length, signal);
  if (answer.ok) return readTurnStream(answer.value, reading);
  const { code } = answer.problem;
  const again = code === 0 || code === 429 || code >= 500;
  return again ? { kind: 'lost', retryAt: answer.problem.retryAt } : refused(answer.problem);
}

async function begin(
  source: TurnSource,
  reading: Reading,
  first: boolean,
  signal: AbortSignal,
): Promise<Attempt> {
  if (first && source.begin) {
    const answer = await source.begin(signal);
    if (answer.ok) return readTurnStream(answer.value, reading);
    return isUnanswered(answer.problem) ? { kind: 'lost' } : refused(answer.problem);
  }
  const answer = await source.beginPlain?.(signal);
  if (!answer) return { kind: 'lost' };
  if (answer.ok) return plainReply(source, answer.value, reading, signal);
  const { problem } = answer;
  if (isUnanswered(problem)) return { kind: 'lost' };
  if (problem.code < 500) return refused(problem);
  // The turn may have begun and kept part of its reply: its stream knows, if it knows the turn.
  const watched = await source.watch(source.text().length, signal);
  return watched.ok ? readTurnStream(watched.value, reading) : refused(problem);
}

const refused = (problem: Problem): Attempt => ({ kind: 'refused', problem });

export type PlainReply = ReturnType<typeof presentReply>;

async function plainReply(
  source: TurnSource,
  answer: PlainReply,
  reading: Reading,
  signal: AbortSignal,
): Promise<Attempt> {
  const { onEvent } = reading;
  const { reply, request_id: requestId, state = 'complete', reply_id: replyId = null } = answer;
  onEvent({ type: 'turn-start', requestId });
  // A plain answer is trimmed, so where its new part begins is for the stream to say.
  if (source.text()) return watchOn(source, reading, signal);
  onEvent({ type: 'text-delta', text: reply });
  onEvent({ type: 'turn-end', end: { state, replyId, usage: null, failure: null } });
  return { kind: 'ended', problem: null };
}
