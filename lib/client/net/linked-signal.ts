/**
 * Runs `work` with its own signal, which aborts with `outer` and when the work is done. That releases unread bodies and
 * listeners, which would otherwise accumulate on a long-lived `outer`.
 */
export async function withLinkedSignal<Value>(
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const abort = () => {
    controller.abort(outer.reason);
  };
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort);
  try {
    return await work(controller.signal);
  } finally {
    outer.removeEventListener('abort', abort);
    controller.abort();
  }
}
