/** `no-transform` and `X-Accel-Buffering` keep gzip and nginx from buffering frames. */
export const SSE_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

/**
 * A frame holds no more of a reply, in UTF-16 units: what a slow reader has not taken stays in the turn, instead of in
 * memory once for each reader.
 */
export const FRAME_MAX = 64 * 1024;

/** Heartbeat interval: proxies close a connection that is idle for 60 s. */
const HEARTBEAT_EVERY_MS = 15_000;

const encoder = new TextEncoder();

interface Source {
  /** The frame that is sent at once. */
  readonly first: string;
  /** New frames since the last call, '' if none, and whether they are the last. */
  readonly take: () => { readonly frames: string; readonly last: boolean };
  /** Calls `changed` when there may be more. Returns an unsubscribe function. */
  readonly watch: (changed: () => void) => () => void;
  /** Ends the stream after this long, without a terminal frame, so that its client reconnects; null: no limit. */
  readonly endsAfterMs?: number | null;
  /** Ends the stream in the same way when it aborts. */
  readonly until?: AbortSignal | null;
  /** The frame that is sent before that, for the reason of the abort. */
  readonly farewell?: (reason: unknown) => string;
}

/**
 * SSE frames for one reader, with heartbeat comments. Back-pressure: frames are taken only when the reader is ready, so
 * a slow one gets fewer, larger frames. Unsubscribes when the reader cancels and after the last frame.
 */
export function frameStream({
  first,
  take,
  watch,
  endsAfterMs,
  until,
  farewell,
}: Source): ReadableStream<Uint8Array> {
  let unsubscribe: (() => void) | null = null;
  let heartbeat: NodeJS.Timeout | undefined;
  let end: NodeJS.Timeout | undefined;
  let over = false;

  const close = () => {
    over = true;
    clearInterval(heartbeat);
    clearTimeout(end);
    unsubscribe?.();
  };

  const flush = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (over || (controller.desiredSize ?? 0) <= 0) return;
    const { frames, last } = take();
    // Set before `enqueue`: with a waiting reader it calls `pull`, and so this function, again.
    over = last;
    if (frames) {
      controller.enqueue(encoder.encode(frames));
      heartbeat?.refresh();
    }
    if (!last) return;
    close();
    controller.close();
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(first));
      heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': waiting\n\n'));
      }, HEARTBEAT_EVERY_MS);
      const abort = () => {
        if (over) return;
        close();
        controller.close();
      };
      if (endsAfterMs) end = setTimeout(abort, endsAfterMs);
      const revoke = () => {
        if (over) return;
        if (farewell) controller.enqueue(encoder.encode(farewell(until?.reason)));
        abort();
      };
      until?.addEventListener('abort', revoke);
      unsubscribe = watch(() => {
        flush(controller);
      });
      // A signal that has aborted already has no event any more.
      if (until?.aborted) revoke();
    },
    pull: flush,
    cancel: close,
  });
}
