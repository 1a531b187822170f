/**
 * A controller that aborts with `outer`, for the same reason, until `unlink` is called. Like `AbortSignal.any`, which
 * Safari lacks before 17.4.
 */
export function linkedController(outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = () => {
    controller.abort(outer?.reason);
  };
  if (outer?.aborted) abort();
  else outer?.addEventListener('abort', abort, { once: true });
  return {
    controller,
    unlink: () => {
      outer?.removeEventListener('abort', abort);
    },
  };
}

/**
 * Runs `work` with its own signal, which aborts with `outer` and when the work is done. That releases unread bodies and
 * listeners, which would otherwise accumulate on a long-lived `outer`.
 */
export async function withLinkedSignal<Value>(
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { controller, unlink } = linkedController(outer);
  try {
    return await work(controller.signal);
  } finally {
    unlink();
    controller.abort();
  }
}
