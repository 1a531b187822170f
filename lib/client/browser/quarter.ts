const QUARTER_MS = 900_000;

/** The start of a quarter of an hour. In every time zone, midnight is one. */
export const quarterOf = (time: number): number => Math.floor(time / QUARTER_MS) * QUARTER_MS;
