/** Where a browser cannot tell when it is idle: Safari. */
const LATER_MS = 500;

/** Runs a task once the browser has nothing else to do. Returns a cancel function. */
export function whenIdle(task: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(task);
    return () => {
      cancelIdleCallback(id);
    };
  }
  const timer = setTimeout(task, LATER_MS);
  return () => {
    clearTimeout(timer);
  };
}
