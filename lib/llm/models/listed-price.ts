import type { Price } from '@/lib/usage/price';

/**
 * What a listed model costs: US dollars for a token, as decimal texts. OpenRouter calls them `prompt` and `completion`,
 * Vercel `input` and `output`. Null where it is not stated, or depends on more than tokens: a price of its own for each
 * request, or OpenRouter's -1 for a model that is chosen later.
 */
export function listedPrice(item: object): Price | null {
  const { pricing } = item as { pricing?: unknown };
  if (typeof pricing !== 'object' || pricing === null) return null;
  const { prompt, completion, input, output, request } = pricing as Record<string, unknown>;
  if (request !== undefined && Number(request) !== 0) return null;
  const price = { input: microsOf(prompt ?? input), output: microsOf(completion ?? output) };
  return price.input === null || price.output === null
    ? null
    : { input: price.input, output: price.output };
}

/** Nothing costs a dollar for a token: it would be another unit. */
const DOLLARS_MAX = 0.1;
const MICROS_OF_A_MILLION = 1e12;

/** Numbers are not read: servers that have them count by the million. */
function microsOf(dollars: unknown): number | null {
  if (typeof dollars !== 'string' || dollars.trim() === '') return null;
  const value = Number(dollars);
  if (!(value >= 0 && value <= DOLLARS_MAX)) return null;
  return Math.round(value * MICROS_OF_A_MILLION);
}
