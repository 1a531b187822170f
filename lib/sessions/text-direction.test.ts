import { expect, test } from 'vitest';
import { directionOfText } from './text-direction';

test.each([
  ['Hello', 'ltr'],
  ['', 'ltr'],
  ['1. שלום', 'rtl'],
  ['“مرحبا” in Arabic', 'rtl'],
  ['In Arabic: مرحبا', 'ltr'],
  ['日本語', 'ltr'],
])('%j begins in the direction %s', (text, direction) => {
  expect(directionOfText(text)).toBe(direction);
});
