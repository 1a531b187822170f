/** `no-transform` and `X-Accel-Buffering` keep gzip and nginx from holding frames back. */
export const SSE_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

/** Proxies cut a connection that is silent for 60 s. */
const SILENCE_MS = 15_000;

const encoder = new TextEncoder();

interface Source {
  /** The frame that goes out at once. */
  readonly first: string;
  /** The frames that are new since the last call, '' when there are none, and whether they are the last. */
  readonly take: () => { readonly frames: string; readonly last: boolean };
  /** Calls `changed` when there may be more. Returns a function that leaves. */
  readonly watch: (changed: () => void) => () => void;
  /** Ends it after so long, without a last frame, so that its reader comes again; null: it may last. */
  readonly endsAfterMs?: number | null;
}

/**
 * Frames for one reader, with a comment in each long silence. They are taken only when the reader can have them: one
 * that is slow gets fewer and larger ones and holds up nobody. Leaves when the reader does or after the last frame.
 */
export function frameStream({
  first,
  take,
  watch,
  endsAfterMs,
}: Source): ReadableStream<Uint8Array> {
  let leave: (() => void) | null = null;
  let silence: NodeJS.Timeout | undefined;
  let end: NodeJS.Timeout | undefined;
  let over = false;

  const close = () => {
    over = true;
    clearInterval(silence);
    clearTimeout(end);
    leave?.();
  };

  const flush = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (over || (controller.desiredSize ?? 0) <= 0) return;
    const { frames, last } = take();
    // Before the frames go out: a waiting reader makes `enqueue` call `pull`, and so this, again.
    over = last;
    if (frames) {
      controller.enqueue(encoder.encode(frames));
      silence?.refresh();
    }
    if (!last) return;
    close();
    controller.close();
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(first));
      silence = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': waiting\n\n'));
      }, SILENCE_MS);
      if (endsAfterMs) {
        end = setTimeout(() => {
          close();
          controller.close();
        }, endsAfterMs);
      }
      leave = watch(() => {
        flush(controller);
      });
    },
    pull: flush,
    cancel: close,
  });
}
