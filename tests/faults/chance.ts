import { env } from 'node:process';

/** A seeded random number generator: the same seed gives the same numbers. */
export interface Chance {
  /** An integer from `least` to `most`, inclusive. */
  between(least: number, most: number): number;
  /** True with probability 1/n. */
  once(n: number): boolean;
}

/** mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return { between, once: (n) => between(1, n) === 1 };
}

/** Fixed in `npm test`, whose runs are alike; `npm run faults` picks another each time, and prints it. */
export const faultSeed = (): number => Number(env['FAULT_SEED'] ?? 1);

/** The number of rounds: few in `npm test`, many in `npm run faults`. */
export const faultRounds = (): number => Number(env['FAULT_ROUNDS'] ?? 3);

/** True in long runs: everything is tried, where `npm test` tries a part. */
export const atLength = (): boolean => faultRounds() >= 30;
