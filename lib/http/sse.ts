import type { TurnEnd } from '@/lib/chat/events';
import type { WatchedTurn } from '@/lib/chat/live-turn';
import { messageOf, statusOf } from '@/lib/errors';

/** `no-transform` and `X-Accel-Buffering` keep gzip and nginx from holding frames back. */
export const SSE_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

/** Proxies cut a connection that is silent for 60 s. */
export const SILENCE_MS = 15_000;

const encoder = new TextEncoder();

/**
 * The frames of a turn, from `offset` of its text on: kickoff, tokens, one terminal frame.
 * The id of a frame is the length of the text up to its end, so that any id is a place to go on from, on any
 * instance and after a restart. A reader that is slow gets fewer and larger frames and holds up nobody.
 */
export function turnFrames(turn: WatchedTurn, offset = 0): ReadableStream<Uint8Array> {
  let sent = offset;
  let leave: (() => void) | null = null;
  let silence: NodeJS.Timeout | undefined;
  let over = false;

  const close = () => {
    clearInterval(silence);
    leave?.();
  };

  const flush = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (over || (controller.desiredSize ?? 0) <= 0) return;
    const end = turn.end();
    const text = turn.since(sent);
    sent += text.length;
    const frames =
      (text ? frame(sent, { token: text }) : '') + (end ? terminal(turn.requestId, sent, end) : '');
    if (!frames) return;
    // Before the frames go out: a waiting reader makes `enqueue` call `pull`, and so this, again.
    over = end !== null;
    controller.enqueue(encoder.encode(frames));
    silence?.refresh();
    if (!end) return;
    close();
    controller.close();
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(frame(sent, { request_id: turn.requestId })));
      silence = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': waiting\n\n'));
      }, SILENCE_MS);
      leave = turn.watch(() => {
        flush(controller);
      });
    },
    pull: flush,
    cancel: close,
  });
}

const frame = (id: number, data: object): string =>
  `id: ${String(id)}\ndata: ${JSON.stringify(data)}\n\n`;

function terminal(
  requestId: string,
  id: number,
  { state, replyId, usage, failure }: TurnEnd,
): string {
  const kept = { state, ...(replyId && { reply_id: replyId }), ...(usage && { usage }) };
  return failure
    ? frame(id, {
        error: messageOf(failure),
        code: statusOf(failure),
        request_id: requestId,
        done: true,
        ...kept,
      })
    : frame(id, { done: true, ...kept });
}

/** Resolves with the end of a turn; leaves the turn when `signal` aborts, and then rejects with its reason. */
export function turnEnded(turn: WatchedTurn, signal: AbortSignal): Promise<TurnEnd> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const end = turn.end();
      if (!end) return;
      leave();
      signal.removeEventListener('abort', giveUp);
      resolve(end);
    };
    const giveUp = () => {
      leave();
      reject(signal.reason as Error);
    };
    const leave = turn.watch(look);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    look();
  });
}
