/** Lets the browser paint and handle input between two steps. */
const PAUSE_MS = 16;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** Schedules a step as its own task; the most recently added step runs first. Returns a cancel function. */
export function queueDrawing(step: () => void): () => void {
  waiting.add(step);
  timer ??= setTimeout(runOne, PAUSE_MS);
  return () => {
    waiting.delete(step);
  };
}

function runOne(): void {
  timer = null;
  const step = [...waiting].at(-1);
  if (!step) return;
  waiting.delete(step);
  step();
  if (waiting.size > 0) timer ??= setTimeout(runOne, PAUSE_MS);
}
