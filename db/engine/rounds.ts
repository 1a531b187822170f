import { setImmediate } from 'node:timers/promises';

/** How many rows a round deletes. SQLite blocks the event loop meanwhile. */
export const ROUND = 200;

/** Repeats `round`, a transaction, until nothing is left. Other requests run in between. */
export async function inRounds(round: () => Promise<{ readonly more: boolean }>): Promise<void> {
  while ((await round()).more) await setImmediate();
}
