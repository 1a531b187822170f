import { expect, test } from 'vitest';
import { shareOf, tokenUse } from './token-use';
import { compact, percent, seconds } from '@/lib/texts/en/parts/numbers';
import { texts } from '@/lib/texts/en/texts';

test.each([
  [{ tokens: 0, contextTokens: null }, 8192, null],
  [{ tokens: 30, contextTokens: null }, 8192, { session: 30, context: null }],
  [{ tokens: 30, contextTokens: 20 }, null, { session: 30, context: null }],
  [{ tokens: 30, contextTokens: 20 }, 0, { session: 30, context: null }],
  [{ tokens: 30, contextTokens: 20 }, 80, { session: 30, context: { tokens: 20, window: 80 } }],
])('the tokens of %j in a context of %s', (session, window, use) => {
  expect(tokenUse(session, window)).toEqual(use);
});

test('a share is never more than the whole', () => {
  expect([20, 80, 90].map((tokens) => shareOf({ tokens, window: 80 }))).toEqual([0.25, 1, 1]);
});

test('numbers are short, and as exact as their size makes useful', () => {
  expect([0, 999, 1234, 12_345, 2_500_000].map(compact)).toEqual([
    '0',
    '999',
    '1.2K',
    '12K',
    '2.5M',
  ]);
  expect([0.0004, 0.126, 1].map(percent)).toEqual(['<1%', '13%', '100%']);
  expect([0, 40, 1449, 9960, 59_400, 59_990, 125_000].map(seconds)).toEqual([
    '0 s',
    '<0.1 s',
    '1.4 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '2 min 5 s',
  ]);
});

test('the line of a reply has what is known', () => {
  const { line } = texts.facts;
  expect(line('gpt', 312, 1449, '14:05')).toBe('gpt · 312 tokens · 1.4 s · 14:05');
  expect(line('gpt', null, null, '')).toBe('gpt');
  expect(line(null, 1, null, '')).toBe('1 token');
  expect(line(null, null, null, '')).toBe('');
});
