import { expect, test } from 'vitest';
import { plainLine } from './plain-line';

test('a log line keeps its content with control characters escaped', () => {
  const fields = { event: 'x', model: 'a\u009b31m\u202eb\u0007\u2028\ufeff漢😀' };
  const line = plainLine(`${JSON.stringify(fields)}\n`);
  expect(JSON.parse(line)).toEqual(fields);
  expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});
