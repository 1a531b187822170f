const PAUSES_MS = [250, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 15_000];

/** How long to wait before the next attempt, jittered so that many browsers do not come back at once. Null: give up. */
export function reconnectPause(attempt: number, random: () => number): number | null {
  const pause = PAUSES_MS[attempt];
  return pause === undefined ? null : Math.round(pause * (0.5 + random() / 2));
}
