import { z } from 'zod';
import type { BudgetLimit } from '@/lib/usage/budget';

const PART = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*(tokens)?\s*\/\s*(day|month)\s*$/;
const MICROS = 1_000_000;

/** A variable such as `2/day;20/month;500000 tokens/day`: money in the currency of the prices, or tokens. */
export const budget = z.string().transform((text, context): readonly BudgetLimit[] => {
  const limits = text.split(';').map(limitOf);
  const found = limits.filter((limit) => limit !== null);
  const kinds = new Set(found.map(({ unit, window }) => `${unit} ${window}`));
  if (found.length < limits.length || kinds.size < limits.length) {
    context.addIssue(
      'must look like 2/day;20/month;500000 tokens/day: amounts of money, or whole numbers of tokens, each once for a day and for a month',
    );
    return z.NEVER;
  }
  return found;
});

function limitOf(part: string): BudgetLimit | null {
  const [, amount, tokens, window] = PART.exec(part) ?? [];
  if (!amount || Number(amount) === 0 || (tokens && amount.includes('.'))) return null;
  return {
    unit: tokens ? 'tokens' : 'money',
    window: window === 'day' ? 'day' : 'month',
    limit: tokens ? Number(amount) : Math.round(Number(amount) * MICROS),
  };
}
