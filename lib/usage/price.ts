/** Tokens of one request, or of many. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What a million tokens cost, in micros: millionths of the unit of the currency. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** For the demo, which has no upstream. */
export const FREE: Price = { input: 0, output: 0 };

const MILLION = 1_000_000n;

/** In micros, rounded up. Null without a price: the cost is unknown, and not 0. */
export function costOf({ input, output }: Tokens, price: Price | null): number | null {
  if (!price) return null;
  const exact = BigInt(input) * BigInt(price.input) + BigInt(output) * BigInt(price.output);
  return Number((exact + MILLION - 1n) / MILLION);
}
