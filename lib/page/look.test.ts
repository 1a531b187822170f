import { expect, test } from 'vitest';
import { chosenOf, lookAttribute } from './look';

test('a known choice is kept, and anything else is the default', () => {
  expect(chosenOf('text', 'large')).toBe('large');
  for (const forged of [undefined, '', 'huge', '"><script>'])
    expect(chosenOf('text', forged)).toBe('normal');
});

test('the default needs no attribute', () => {
  expect(lookAttribute('sidebar', 'open')).toBeUndefined();
  expect(lookAttribute('sidebar', 'closed')).toBe('closed');
});
