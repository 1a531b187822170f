import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareLines, lineChanges } from './line-changes';
import { keptPins, onlyForgets, withoutLine } from './lines';
import { undoChange } from './undo-change';

const line = fc.constantFrom('- a', '- b', '- c', '- d', ' - a', '', '- 😀');
const anyMemory = fc.array(line, { maxLength: 7 }).map((lines) => lines.join('\n').trim() || null);
const text = (lines: readonly string[]) => (lines.length === 0 ? null : lines.join('\n'));

test('a comparison has the lines of both texts, each in its order', () => {
  fc.assert(
    fc.property(anyMemory, anyMemory, (before, after) => {
      const compared = compareLines(before, after) ?? [];
      const without = (change: string) =>
        text(compared.filter((one) => one.change !== change).map((one) => one.line));
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});

test('texts of many lines are compared as replaced, and those of too many not at all', () => {
  const lines = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => `${name}${String(n)}`).join('\n');
  expect(lineChanges(lines('a', 1000), lines('b', 1000))).toHaveLength(2000);
  expect(lineChanges(lines('a', 1001), 'b')).toBeNull();
  expect(undoChange({ before: null, after: lines('a', 50_000) }, lines('b', 9))).toBeUndefined();
  expect(undoChange({ before: null, after: 'a' }, lines('a', 50_000))).toBeUndefined();
});

test('the last change is undone exactly', () => {
  fc.assert(
    fc.property(anyMemory, anyMemory, (before, after) => {
      expect(undoChange({ before, after }, after)).toBe(before);
    }),
  );
});

test('an undo in the middle takes back its own lines, and keeps what came later in its place', () => {
  const own = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  const places = fc.array(fc.nat(6), { maxLength: 4 });
  fc.assert(
    fc.property(own, own, places, (before, after, drawn) => {
      const later = drawn.map((_, n) => `later ${String(n)}`);
      const now = [...after];
      for (const [n, place] of drawn.entries()) now.splice(place, 0, later[n] ?? '');
      const undone = undoChange({ before: text(before), after: text(after) }, text(now)) ?? null;
      const lines = undone === null ? [] : undone.split('\n');
      const isLater = (each: string) => each.startsWith('later');
      expect(lines.filter((each) => !isLater(each))).toEqual(before);
      expect(lines.filter(isLater)).toEqual(now.filter(isLater));
    }),
  );
});

test.each([
  { why: 'a line that it added was changed', before: 'a', after: 'a\nb', now: 'a\nb, too' },
  { why: 'a line that it added was forgotten', before: null, after: 'b', now: null },
  { why: 'a line that it removed is there again', before: 'a\nb', after: 'b', now: 'b\nc\na' },
])('an undo is refused where $why', ({ before, after, now }) => {
  expect(undoChange({ before, after }, now)).toBeUndefined();
});

test.each([
  ['- a\n- b', '- b', true],
  ['- a\n\n- b', '- a', true],
  ['- a', null, true],
  ['- a\n- b', '- b\n- a', false],
  ['- a', '- a, too', false],
  ['- a', '- a\n- b', false],
  ['- a', '- a', false],
  [null, null, false],
])('%j to %j only takes lines away: %j', (before, after, only) => {
  expect(onlyForgets(before, after)).toBe(only);
});

test('one line is taken out, and a pin ends with its line', () => {
  expect(withoutLine('- a\n  - b\n- a', '- b')).toBe('- a\n- a');
  expect(withoutLine('- a', '- a')).toBeNull();
  expect([withoutLine('- a', '- b'), withoutLine('- a\n\n- b', '')]).toEqual([
    undefined,
    undefined,
  ]);
  expect(keptPins(['- b', '- a', '- c'], ' - a\n- d\n- b\n- a')).toEqual(['- a', '- b']);
});
