import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';

const ATTEMPTS = 10;
const PAUSE_MS = 250;

/**
 * Repeats a measurement some times until it is below `ms`, with longer and longer pauses: a busy machine is slow now and
 * then, slow code is slow each time.
 */
export async function expectWithin(ms: number, measure: () => Promise<number>): Promise<void> {
  const took: number[] = [];
  for (;;) {
    took.push(await measure());
    if ((took.at(-1) ?? 0) < ms || took.length === ATTEMPTS) break;
    await wait(took.length * PAUSE_MS);
  }
  expect(Math.min(...took), `of ${took.map(Math.round).join(', ')} ms`).toBeLessThan(ms);
}

/** The duration of `work` in ms. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
