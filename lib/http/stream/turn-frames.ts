import { presentEnd } from '@/lib/chat/turn/present';
import type { TurnEnd } from '@/lib/chat/turn/events';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import type { Failure } from '@/lib/errors';
import { pageFailure } from '@/lib/public-failure';
import { apiSentence } from '@/lib/texts/api-errors';
import { lengthOf, type Entry } from '@/lib/reply/entry';
import { sourceIn } from '@/lib/reply/source';
import { FRAME_MAX, frameStream } from './frame-stream';
import type { Translation } from '@/lib/texts/translations';

/**
 * The SSE frames of a turn from a position of its reply: kickoff, what the reply holds, one terminal frame.
 * A frame's id is the position after what it holds, so that a client can resume from any id, on any instance and
 * after a restart. Unsubscribes when the reader cancels, after the terminal frame, after `endsAfterMs` or when
 * `until` aborts. Tells a failure as `translation` has it.
 */
export function turnFrames(
  turn: WatchedTurn,
  translation: Translation,
  position = 0,
  endsAfterMs: number | null = null,
  until: AbortSignal | null = null,
): ReadableStream<Uint8Array> {
  let sent = turn.resumeFrom(position);
  let cuts = turn.cuts().length;
  const start = () => frame(sent, { request_id: turn.requestId });
  /** A frame with the position where the reply resumes, when something that was sent has been retracted; else ''. */
  const cutBack = (isEnd: boolean): string => {
    const before = sent;
    // A reader may have received more text live than is stored, so send all of it again.
    if (isEnd && sent > turn.length()) sent = 0;
    const all = turn.cuts();
    for (; cuts < all.length; cuts += 1) sent = Math.min(sent, all[cuts] ?? sent);
    return sent < before ? start() : '';
  };
  return frameStream({
    endsAfterMs,
    until,
    first: start(),
    take() {
      const end = turn.end();
      let frames = cutBack(end !== null);
      for (const entry of turn.since(sent, FRAME_MAX)) {
        sent += lengthOf(entry);
        const data = dataOf(entry);
        if (data) frames += frame(sent, data);
      }
      const last = sent >= turn.length() ? end : null;
      if (last) frames += terminal(turn.requestId, sent, last, translation);
      return { frames, last: last !== null };
    },
    watch: turn.watch,
  });
}

/** Null for what this version does not know; the next frame's id counts it. */
function dataOf(entry: Entry): object | null {
  if (entry.kind === 'text') return { token: entry.text };
  if (entry.kind === 'reasoning') return { reasoning: entry.text };
  const source = sourceIn(entry);
  return source && { source };
}

const frame = (id: number, data: object): string =>
  `id: ${String(id)}\ndata: ${JSON.stringify(data)}\n\n`;

function terminal(requestId: string, id: number, end: TurnEnd, translation: Translation): string {
  const { failure } = end;
  const kept = presentEnd(end);
  return failure && failure.kind !== 'cut-short'
    ? frame(id, {
        ...pageFailure(failure),
        error: apiSentence(failure, translation),
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
