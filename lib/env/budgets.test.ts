import { expect, test } from 'vitest';
import { budget } from './budgets';

test('a budget is money or tokens, for a day and for a month', () => {
  expect(budget.parse('2/day; 0.5 / month ;500000 tokens/day')).toEqual([
    { unit: 'money', window: 'day', limit: 2_000_000 },
    { unit: 'money', window: 'month', limit: 500_000 },
    { unit: 'tokens', window: 'day', limit: 500_000 },
  ]);
});

test.each([
  '2',
  '2/hour',
  '$2/day',
  '2,50/day',
  '-1/day',
  '0/day',
  '1.5 tokens/day',
  '2/day;3/day',
  '2/day;',
])('%s is no budget', (text) => {
  expect(budget.safeParse(text).error?.issues[0]?.message).toMatch(/^must look like 2\/day/);
});
