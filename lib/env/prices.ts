import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Price } from '@/lib/usage/price';

/** Prices that the operator wrote down. */
export interface Prices {
  /** As ISO 4217 has it. */
  readonly currency: string;
  readonly models: ReadonlyMap<string, Price>;
}

export const NO_PRICES: Prices = { currency: 'USD', models: new Map() };

const MICROS = 1_000_000;
const ofMillion = z
  .number('must be a number: what a million tokens cost')
  .min(0, 'must not be below 0')
  .max(100_000, 'must be what a million tokens cost, at most 100000')
  .transform((amount) => Math.round(amount * MICROS));

const file = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as EUR')
    .default(NO_PRICES.currency),
  models: z.record(z.string(), z.strictObject({ input: ofMillion, output: ofMillion })),
});

/** A variable that names a JSON file of prices. */
export const prices = z.string().transform((path, context): Prices => {
  const read = parsed(path);
  if ('mistake' in read) {
    context.addIssue(read.mistake);
    return z.NEVER;
  }
  const { data, error } = file.safeParse(read.json);
  if (data) return { ...data, models: new Map(Object.entries(data.models)) };
  for (const { path: place, message } of error.issues)
    context.addIssue(`names a file with a mistake: ${[...place, message].join(' ')}`);
  return z.NEVER;
});

function parsed(path: string): { readonly json: unknown } | { readonly mistake: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { mistake: 'must be the path of a file that can be read' };
  }
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { mistake: 'names a file that is not JSON' };
  }
}
