/** Between two steps the browser draws, and does what somebody pressed. */
const PAUSE_MS = 16;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** Runs a step of one of many texts in a task of its own, the last text first. Returns what cancels it. */
export function inTurn(step: () => void): () => void {
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
