import { expect, test } from 'vitest';
import { csvOf } from './csv';
import { isSplitNumber } from './numeric';

test('cells with commas, quotes and line ends are quoted', () => {
  expect(
    csvOf([
      ['a', 'b, c'],
      ['say "no"', 'two\nlines'],
      ['', ' x'],
    ]),
  ).toBe('a,"b, c"\r\n"say ""no""","two\nlines"\r\n," x"');
});

test.each(['-3.5', '1 200,50 €', '$ 1,299', '12 MB', '+4 %', '< 5 ms', '3–5', '24/7'])(
  '%s is a number that could be split',
  (text) => {
    expect(isSplitNumber(text)).toBe(true);
  },
);

test.each([
  '',
  'a',
  '1',
  '1,299',
  '3 apples',
  'version 2',
  '2024-05-01 and so on',
  '1.'.repeat(20),
  'v1 beta 2',
])('%s is none', (text) => {
  expect(isSplitNumber(text)).toBe(false);
});
