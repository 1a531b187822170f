import { expect, test } from 'vitest';
import { modelNames } from './model-names';

test.each([
  ['', {}],
  ['gpt-5=Clever', { 'gpt-5': 'Clever' }],
  [
    ' gpt-5 = Clever, and dear ; llama3=At home; ',
    { 'gpt-5': 'Clever, and dear', llama3: 'At home' },
  ],
  ['a=1=2', { a: '1=2' }],
])('%j', (text, names) => {
  expect(modelNames.parse(text)).toEqual(names);
});

test.each(['gpt-5', '=Clever', 'gpt-5=', 'a=1;a=2', `a=${'x'.repeat(61)}`])(
  '%j is refused',
  (text) => {
    expect(modelNames.safeParse(text).success).toBe(false);
  },
);
