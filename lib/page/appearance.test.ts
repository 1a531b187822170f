import { expect, test } from 'vitest';
import { chosenOf, appearanceAttribute } from './appearance';

test('a known choice is kept, and anything else is the default', () => {
  expect(chosenOf('text', 'large')).toBe('large');
  for (const forged of [undefined, '', 'huge', '"><script>'])
    expect(chosenOf('text', forged)).toBe('normal');
});

test('the default needs no attribute', () => {
  expect(appearanceAttribute('sidebar', 'open')).toBeUndefined();
  expect(appearanceAttribute('sidebar', 'closed')).toBe('closed');
});
