import { env } from 'node:process';

/** Chance that can be had again: the same seed gives the same numbers. */
export interface Chance {
  /** A whole number from `least` up to and including `most`. */
  between(least: number, most: number): number;
  /** True once in `n` times. */
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

/** FAULT_SEED repeats a run that failed; the tests print theirs. */
export const faultSeed = (): number =>
  Number(env['FAULT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** How long the faults are tried: few rounds in `npm test`, many in `npm run faults`. */
export const faultRounds = (): number => Number(env['FAULT_ROUNDS'] ?? 4);
