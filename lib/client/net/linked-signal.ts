/**
 * Works with a signal of its own that aborts with `outer`, and when the work is done. What the work leaves behind, an
 * unread body or a listener, goes with it: `outer` may live as long as the tab, and must not gather them.
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
