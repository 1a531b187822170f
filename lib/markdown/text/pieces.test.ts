import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf } from './pieces';

test('no piece is long or has many lines, and together they are the text', () => {
  const text = fc
    .array(fc.constantFrom('\n', '\n\n\n', ' ', 'word', 'x'.repeat(900), '😀'.repeat(700)), {
      maxLength: 400,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (whole) => {
      const pieces = piecesOf(whole);
      expect(pieces.join('')).toBe(whole);
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(2_000);
        expect(piece.split('\n').length).toBeLessThanOrEqual(101);
        expect(piece.isWellFormed()).toBe(true);
      }
    }),
  );
});

test('a text is cut between lines, else between words', () => {
  const lines = `${'word '.repeat(300)}\n`.repeat(3);
  expect(piecesOf(lines).every((piece) => piece.endsWith('\n'))).toBe(true);
  expect(piecesOf('word '.repeat(1_000)).every((piece) => /^(word )+$/.test(piece))).toBe(true);
});
