/** A frame costs more than the token in it, so a process writes no more than about so many of them a second. */
const FRAMES_PER_SECOND = 3000;
/** Nobody sees the pause between two screens of a display. */
const LEAST_MS = 16;
/** Still reads as text that is being written. */
const MOST_MS = 100;

/** How long the text of one turn may wait for what follows, when `turns` of them run: milliseconds. */
export const joinMs = (turns: number): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, (turns / FRAMES_PER_SECOND) * 1000));
