import type { TurnEnd, TurnEvent } from '@/lib/chat/turn/events';
import type { presentReply } from '@/lib/chat/turn/present';
import type { CallResult } from '@/lib/client/net/call';
import { withLinkedSignal } from '@/lib/client/net/linked-signal';
import { isUnanswered, UNREACHABLE, type Problem } from '@/lib/client/net/problem';
import type { Backoff } from '@/lib/client/net/backoff';
import { contentOfPart } from '@/lib/reply/parts';
import { readTurnStream, type StreamOutcome } from './read-turn-stream';
import type { ReplySoFar } from './turn-frame';

/** Three ways to get the events of a turn. `begin` and `beginPlain` use the same idempotency key. */
export interface TurnSource {
  /** Null for a turn that is not streamed, or only watched. */
  readonly begin: ((signal: AbortSignal) => Promise<CallResult<Response>>) | null;
  /** Null for a turn that is only watched. */
  readonly beginPlain: ((signal: AbortSignal) => Promise<CallResult<PlainReply>>) | null;
  readonly watch: (position: number, signal: AbortSignal) => Promise<CallResult<Response>>;
  /** Sent before, and may have arrived. */
  readonly wasSent: boolean;
  readonly reply: ReplySoFar;
}

export interface FollowDeps {
  readonly onEvent: (event: TurnEvent) => void;
  /** The connection is lost. It will be retried. */
  readonly onLost: () => void;
  /** The server is reachable but does not know the turn, which is about to be resent. */
  readonly onSendAgain: () => void;
  /** Waits before the next attempt; `attempt` counts failures in a row. */
  readonly pause: Backoff;
  /** Timeout for silence, in milliseconds. */
  readonly idleTimeoutMs: number;
}

type Attempt =
  | Extract<StreamOutcome, { kind: 'ended' }>
  /** `retryAt`: the server refuses requests before this time. */
  | { kind: 'lost'; retryAt?: number | null }
  | { kind: 'refused'; problem: Problem };
type Reading = Pick<FollowDeps, 'onEvent' | 'idleTimeoutMs'> & Pick<TurnSource, 'reply'>;

/**
 * Follows a turn to its end, over as many connections as needed. Resolves to a problem or null. Until the server
 * confirms the turn, it is looked up and resent under its key, a limited number of times. After that it is only
 * watched, without limit. Rejects with the signal's reason.
 */
export async function followTurn(
  source: TurnSource,
  deps: FollowDeps,
  signal: AbortSignal,
): Promise<Problem | null> {
  let confirmed = source.beginPlain === null;
  let failures = 0;
  const reading: Reading = {
    idleTimeoutMs: deps.idleTimeoutMs,
    reply: source.reply,
    onEvent(event) {
      confirmed = true;
      failures = 0;
      deps.onEvent(event);
    },
  };
  const attemptOnce = async (first: boolean, connected: AbortSignal): Promise<Attempt> => {
    if (confirmed || !first || source.wasSent) {
      const watched = await watchOn(source, reading, connected);
      // A request without a response may have begun the turn all the same.
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
    // The plain request replaces the stream at once; backoff applies to what follows.
    const fallingBack = first && !confirmed && source.begin !== null;
    if (fallingBack) continue;
    if (!confirmed && failures >= SENDS_MAX) return UNREACHABLE;
    await deps.pause(failures++, signal, attempt.retryAt);
    signal.throwIfAborted();
  }
}

/** After a minute or two without an answer, show that the message was not sent. */
const SENDS_MAX = 10;

/** Every failure but "no such turn" is retried. */
async function watchOn(
  { watch }: TurnSource,
  reading: Reading,
  signal: AbortSignal,
): Promise<Attempt> {
  const answer = await watch(reading.reply.length(), signal);
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
  // The turn may have begun and kept some text. If so, its stream has it.
  const watched = await source.watch(source.reply.length(), signal);
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
  const { request_id: requestId, state = 'complete', reply_id: replyId = null } = answer;
  const { thought_ms: thoughtMs = null } = answer;
  const parts = answer.parts ?? [{ kind: 'text' as const, text: answer.reply }];
  onEvent({ type: 'turn-start', requestId });
  // A plain response is trimmed, so only the stream knows where the continuation begins.
  if (source.reply.length() > 0) return watchOn(source, reading, signal);
  for (const part of parts) {
    const content = contentOfPart(part);
    if (content) onEvent({ type: `${content.kind}-delta`, text: content.text });
  }
  const end: TurnEnd = { state, replyId, usage: null, failure: null, thoughtMs };
  onEvent({ type: 'turn-end', end });
  return { kind: 'ended', problem: null };
}
