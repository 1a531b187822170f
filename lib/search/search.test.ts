import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches, searched } from './match';
import { termsOf } from './query';
import { snippetOf } from './snippet';
import { tokensOf } from './tokens';

/** Letters, marks, spaces, and halves of characters. */
const UNITS = ['a', 'B', '1', '.', ' ', '\n', 'é', '\u0301', '中', 'ﬁ', '🎉', '\ud83c', '\udf89'];
const anyText = (maxLength: number, minLength = 0) =>
  fc.string({ unit: fc.constantFrom(...UNITS), minLength, maxLength });

const isFound = (text: string, q: string) => matches(searched(text), termsOf(q));

test('a snippet cuts no character in two, and highlights only what is in it', () => {
  fc.assert(
    fc.property(anyText(250), anyText(5, 1), anyText(250), (before, q, after) => {
      const { snippet, highlights } = snippetOf(searched(`${before} ${q} ${after}`), termsOf(q));
      expect(snippet.isWellFormed()).toBe(true);
      expect(snippet).not.toMatch(/\n/);
      const ends = highlights.flat();
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(snippet.length);
    }),
  );
});

test('whatever a text has, it is found by its words and their beginnings', () => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from('aZ9éß中한ไฝ🎉')),
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(), (words, n) => {
      const text = words.join(' ');
      const chosen = words[n % words.length] ?? '';
      expect([text, chosen, isFound(text, chosen)]).toEqual([text, chosen, true]);
      expect([text, isFound(text, `"${text}"`)]).toEqual([text, true]);
    }),
  );
});

test('the index has what a match needs, so nothing that matches is missed', () => {
  const text = fc.string({
    unit: fc.constantFrom(...Array.from('abBC12_. é中文한"')),
    maxLength: 30,
  });
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 1, max: 8 }), (whole, at, length) => {
      const start = whole.length === 0 ? 0 : at % whole.length;
      const q = whole.slice(start, start + length).replaceAll('"', '');
      const terms = termsOf(q);
      if (!matches(searched(whole), terms)) return;
      const tokens = [...tokensOf(whole)].map((token) => token.replace('·', ''));
      for (const { text: token, isBeginning } of terms.flatMap((term) => term.tokens))
        expect([
          whole,
          q,
          token,
          tokens.some((each) => (isBeginning ? each.startsWith(token) : each === token)),
        ]).toEqual([whole, q, token, true]);
    }),
    { numRuns: 500 },
  );
});

test('a text of one endless word, or of endless different ones, has a bounded index', () => {
  const one = tokensOf('a1'.repeat(20_000));
  expect(one.size).toBeLessThan(100);
  const many = tokensOf(
    Array.from({ length: 20_000 }, (_, n) => `Ж${String(n)}`.repeat(9)).join(' '),
  );
  const bytes = [...many].reduce((sum, token) => sum + Buffer.byteLength(token) + 5, 0);
  expect(bytes).toBeLessThan(2 ** 20);
});
