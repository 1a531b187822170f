import { expect, test } from 'vitest';
import { withQuote } from './quote';

test('a quotation follows the draft, line by line', () => {
  expect(withQuote('one\n\ntwo\n', '')).toBe('> one\n> \n> two\n\n');
  expect(withQuote('one', 'My answer \n')).toBe('My answer\n\n> one\n\n');
});
