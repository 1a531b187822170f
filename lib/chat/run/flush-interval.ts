/** A frame costs more than the token in it, so a process writes only about this many a second. */
const FRAMES_PER_SECOND = 3000;
/** Between two pictures of a 60 Hz display: nobody sees so short a pause. */
const LEAST_MS = 16;
/** Still reads as text that is being written. */
const MOST_MS = 100;

/** How long the text of one turn may wait for what follows, when `turns` of them run: milliseconds. */
export const joinMs = (turns: number): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, (turns / FRAMES_PER_SECOND) * 1000));
