import { expect, test } from 'vitest';
import { answers } from '@/components/markdown/fixtures/answers';
import { parseCost } from './parse-cost';

test('texts of people and models are not hostile', () => {
  for (const answer of answers) expect(parseCost(answer).hostile).toBe(false);
  const names = Array.from({ length: 60 }, (_, n) => `some_snake_case_${n}`).join(', ');
  expect(parseCost(names).hostile).toBe(false);
  const code = `- x\n\n  \`\`\`c\n${'  a[i] = *b & *c;\n'.repeat(100)}  \`\`\`\n`;
  expect(parseCost(code).hostile).toBe(false);
  const table = `| a | b | c |\n|---|---|---|\n${'| **one** | `two` | [three](https://example.org) |\n'.repeat(150)}`;
  expect(parseCost(table).hostile).toBe(false);
});

test.each([
  ['quotes', '> '.repeat(20)],
  ['items on one line', `${'- '.repeat(20)}a`],
  [
    'deep indents',
    Array.from({ length: 30 }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join('\n'),
  ],
  ['emphasis', '**a '.repeat(400)],
  ['brackets', '['.repeat(500)],
  ['angles', 'x<!--'.repeat(200)],
  ['entities', '&a;'.repeat(200)],
  ['dollars', '$a '.repeat(500)],
  ['formulas', '$x_1+x_2+x_3$ '.repeat(390)],
  ['characters of one formula', `$$\n${'x'.repeat(9_000)}\n$$`],
  ['lines in one paragraph', 'a\n'.repeat(400)],
  ['underlines within a container', '> a\n> =\n'.repeat(80)],
])('too many %s are hostile', (_, text) => {
  expect(parseCost(text).hostile).toBe(true);
});

test('the weight of a text grows with its length', () => {
  const [one = ''] = answers;
  expect(parseCost(`${one}\n\n${one}`).weight / parseCost(one).weight).toBeCloseTo(2, 1);
});
