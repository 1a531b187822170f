/** How many ids a millisecond has. */
const PER_MS = 2048;
/** The year 2106; later times would not fit into a number. */
const LATEST_MS = 2 ** 32 * 1000;
/** No id is as high. */
export const ABOVE_ALL = LATEST_MS * PER_MS * 2;
/** How far from its time an id may be, when many texts have the same time. */
const SPREAD_MS = 3_600_000;

/** An id for a text of this time. Newer texts have higher ids, but for a spread of `4 ** attempt` milliseconds. */
export const docId = (time: Date, attempt: number, chance: number): number =>
  lowestId(time) + Math.floor(chance * PER_MS * Math.min(4 ** attempt, SPREAD_MS));

/** No text of this time or later has a lower id. */
export const lowestId = (time: Date): number =>
  Math.min(Math.max(0, time.getTime()), LATEST_MS) * PER_MS + 1;

/** No text of before this time has this id or a higher one. */
export const idAbove = (time: Date): number => lowestId(new Date(time.getTime() + SPREAD_MS));
