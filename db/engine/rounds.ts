import { setImmediate } from 'node:timers/promises';

/** How many rows a round removes. SQLite works on the event loop, and everybody waits meanwhile. */
export const ROUND = 200;

/** Repeats `round`, a transaction, until it says that nothing is left. Others get their turn in between. */
export async function inRounds(round: () => Promise<{ readonly more: boolean }>): Promise<void> {
  while ((await round()).more) await setImmediate();
}
