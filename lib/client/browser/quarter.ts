const QUARTER_MS = 900_000;

/** When the quarter of an hour began. A day begins with one in every time zone, also where that is not a whole hour. */
export const quarterOf = (time: number): number => Math.floor(time / QUARTER_MS) * QUARTER_MS;
