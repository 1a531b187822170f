import { expect, test } from 'vitest';
import { TOKENS_MAX } from './message';
import { continuedFacts, type ReplyFacts } from './reply-facts';

const facts = (tokens: number, firstTokenMs: number, totalMs: number): ReplyFacts => ({
  usage: { prompt_tokens: 10 * tokens, completion_tokens: tokens, total_tokens: 11 * tokens },
  firstTokenMs,
  totalMs,
});
const UNKNOWN: ReplyFacts = { usage: null, firstTokenMs: null, totalMs: null };

const most: ReplyFacts = {
  ...facts(1, 5, 100),
  usage: { prompt_tokens: TOKENS_MAX, completion_tokens: TOKENS_MAX, total_tokens: TOKENS_MAX },
};

test.each([
  ['at most what can be stored', most, most, { ...most, totalMs: 200 }],
  [
    'sums, and the first token of the first turn',
    facts(1, 5, 100),
    facts(2, 7, 50),
    facts(3, 5, 150),
  ],
  ['unknown before', UNKNOWN, facts(2, 7, 50), UNKNOWN],
  ['unknown after', facts(1, 5, 100), UNKNOWN, { ...UNKNOWN, firstTokenMs: 5 }],
])('a continued reply has %s', (_, before, next, both) => {
  expect(continuedFacts(before, next)).toEqual(both);
});
