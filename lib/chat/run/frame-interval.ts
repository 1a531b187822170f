/** A frame costs more than the token in it, so a process writes only about this many per second. */
const FRAMES_PER_SECOND = 3000;
/** One 60 Hz frame, in milliseconds: a shorter interval would not be visible. */
const LEAST_MS = 16;
/** Longer intervals would no longer look like streaming. */
const MOST_MS = 100;

/** How long text may be buffered before it becomes a frame while `turns` turns run, in milliseconds. */
export const frameIntervalMs = (turns: number): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, (turns / FRAMES_PER_SECOND) * 1000));
