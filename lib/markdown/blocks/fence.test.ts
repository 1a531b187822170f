import { expect, test } from 'vitest';
import { fencedCode } from './fence';

test('a fence is split into language and code', () => {
  expect(fencedCode('```ts title=a\na\n\nb\n```\n', false)).toEqual({
    language: 'ts',
    code: 'a\n\nb',
    closed: true,
  });
  expect(fencedCode('\n\n~~~~ js\n```\n~~~\n~~~~~\n', false)).toEqual({
    language: 'js',
    code: '```\n~~~',
    closed: true,
  });
});

test("the fence's indent is removed from its lines, and line endings are normalised", () => {
  expect(fencedCode('  ```\r\n    a\r\n b\r\n  ```\r\n', false).code).toBe('  a\nb');
});

test('a streaming fence hides what may become its closing line', () => {
  expect(fencedCode('```\na\n``', true)).toEqual({ language: '', code: 'a', closed: false });
  expect(fencedCode('```\na\n``', false).code).toBe('a\n``');
  expect(fencedCode('```py', true)).toEqual({ language: 'py', code: '', closed: false });
});

test('an empty fence has no code', () => {
  expect(fencedCode('```\n```\n', false)).toEqual({ language: '', code: '', closed: true });
});
