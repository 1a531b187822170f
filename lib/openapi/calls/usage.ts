import { z } from 'zod';
import { GROUPS } from '@/lib/usage/usage-store';
import { response, type Calls } from './call';
import { time } from './shapes';

const whole = z.int().min(0);
const day = z.iso.date();

const sums = z.object({
  turns: whole,
  failed: whole.describe('Turns without a reply, or whose reply broke off'),
  input_tokens: whole,
  output_tokens: whole,
  cost_micros: whole.nullable().describe('Millionths of the currency; null: unknown'),
  unpriced: whole.describe('Requests whose cost is unknown, and not in the cost'),
  first_token_ms: whole.nullable().describe('On average'),
  total_ms: whole.nullable().describe('On average'),
});

const budget = z
  .object({
    budget: z.enum(['CHAT_BUDGET', 'CHAT_PERSON_BUDGET', 'CHAT_KEY_BUDGET']),
    unit: z.enum(['money', 'tokens']),
    window: z.enum(['day', 'month']),
    limit: whole.describe('Money in millionths of the currency, as all of these'),
    used: whole,
    reserved: whole.describe('For replies that are being written'),
    left: whole,
    resets_at: time,
  })
  .meta({ id: 'Budget' });

const usage = z
  .object({
    from: day,
    to: day,
    by: z.enum(GROUPS),
    whose: z.enum(['mine', 'everyone']),
    currency: z.string(),
    rows: z.array(
      sums.extend({
        day: day.optional(),
        model: z.string().optional(),
        person: z.string().optional().describe('An owner; empty: people who were deleted'),
        name: z.string().optional(),
      }),
    ),
    total: sums,
    budgets: z.array(budget),
  })
  .meta({ id: 'UsageSums' });

export const usageCalls: Calls = {
  '/api/usage': {
    get: {
      title: 'Read how much was used',
      query: z.object({
        from: day.optional().describe('A day in UTC; without it 29 days before `to`'),
        to: day.optional().describe('Today, unless it is named'),
        by: z.enum(GROUPS).optional(),
        whose: z.enum(['mine', 'everyone']).optional().describe('`everyone`: for operators'),
        format: z.enum(['json', 'csv']).optional(),
      }),
      responses: [
        response('The sums, and how the budgets stand', usage, {
          types: ['application/json', 'text/csv'],
          headers: ['Content-Disposition'],
        }),
      ],
    },
  },
};
