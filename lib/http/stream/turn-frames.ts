import { presentEnd } from '@/lib/chat/turn/present';
import type { TurnEnd } from '@/lib/chat/turn/events';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { pageFailure, type Failure } from '@/lib/errors';
import { apiSentence } from '@/lib/texts/api-errors';
import { frameStream } from './frame-stream';

/**
 * The SSE frames of a turn from `offset` (UTF-16 units) of its text: kickoff, tokens, one terminal frame.
 * A frame's id is the length of the text up to its end, so that a client can resume from any id, on any instance and
 * after a restart. Unsubscribes when the reader cancels, after the terminal frame or after `endsAfterMs`.
 */
export function turnFrames(
  turn: WatchedTurn,
  offset = 0,
  endsAfterMs: number | null = null,
): ReadableStream<Uint8Array> {
  let sent = turn.resumeFrom(offset);
  let cuts = turn.cuts().length;
  const start = () => frame(sent, { request_id: turn.requestId });
  /** A frame with the offset where the text resumes, when text that was sent has been retracted; else ''. */
  const cutBack = (isEnd: boolean): string => {
    const before = sent;
    // A reader may have received more live text than the stored reply has: send all of it again.
    if (isEnd && sent > turn.length()) sent = 0;
    const all = turn.cuts();
    for (; cuts < all.length; cuts += 1) sent = Math.min(sent, all[cuts] ?? sent);
    return sent < before ? start() : '';
  };
  return frameStream({
    endsAfterMs,
    first: start(),
    take() {
      const end = turn.end();
      const again = cutBack(end !== null);
      const text = turn.since(sent);
      sent += text.length;
      const token = again + (text ? frame(sent, { token: text }) : '');
      const last = end !== null;
      return { frames: last ? token + terminal(turn.requestId, sent, end) : token, last };
    },
    watch: turn.watch,
  });
}

const frame = (id: number, data: object): string =>
  `id: ${String(id)}\ndata: ${JSON.stringify(data)}\n\n`;

function terminal(requestId: string, id: number, end: TurnEnd): string {
  const { failure } = end;
  const kept = presentEnd(end);
  return failure && failure.kind !== 'cut-short'
    ? frame(id, {
        ...pageFailure(failure),
        error: apiSentence(failure),
        request_id: requestId,
        done: true,
        ...kept,
        ...retryAfter(failure),
      })
    : frame(id, { done: true, ...kept });
}

const retryAfter = (failure: Failure) =>
  failure.kind === 'upstream' &&
  failure.retryAfterSeconds !== undefined && { retry_after: Math.ceil(failure.retryAfterSeconds) };
