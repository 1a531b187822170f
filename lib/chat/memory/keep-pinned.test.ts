import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptPins } from '@/lib/sessions/memory/lines';
import { keepPinned } from './keep-pinned';

const line = fc.oneof(
  fc.constantFrom('- a', '  - a', '- b ', '- c', '- long '.repeat(9), '', '# 😀😀😀'),
  fc.string({ unit: fc.constantFrom('x', '😀', ' '), maxLength: 12 }),
);
const lines = fc.array(line, { maxLength: 9 });

/** A memory, some of its lines, any answer about it, and any limit from what the pinned lines need. */
const merges = fc
  .record({ before: lines, chosen: fc.func(fc.boolean()), answer: lines, spare: fc.nat(40) })
  .map(({ before, chosen, answer, spare }) => {
    const memory = before.join('\n').trim() || null;
    const pinned = keptPins(
      before.map((each) => each.trim()).filter((each) => chosen(each)),
      memory,
    );
    const pinByText = (memory ?? '').split('\n').filter((each) => pinned.includes(each.trim()));
    return { memory, pinned, answer: answer.join('\n'), max: pinByText.join('\n').length + spare };
  });

test('whatever a model answers, each pinned line stays, letter for letter and in full', () => {
  fc.assert(
    fc.property(merges, ({ memory, pinned, answer, max }) => {
      const merged = keepPinned({ memory, pinned }, answer, max);
      const all = merged.split('\n');
      const before = (memory ?? '').split('\n');
      for (const pin of pinned)
        expect(before.filter((each) => each.trim() === pin && all.includes(each))).not.toEqual([]);
      expect(merged.length).toBeLessThanOrEqual(max);
      expect(merged.isWellFormed()).toBe(true);
      expect(keptPins(pinned, merged)).toHaveLength(pinned.length);
    }),
    { numRuns: 500 },
  );
});

test('other lines come from the answer, whole, and are cut from the end', () => {
  fc.assert(
    fc.property(merges, ({ memory, pinned, answer, max }) => {
      fc.pre(pinned.length > 0);
      const others = (text: string) =>
        text.split('\n').filter((each) => each.trim() !== '' && !pinned.includes(each.trim()));
      const kept = others(keepPinned({ memory, pinned }, answer, max));
      expect(others(answer).slice(0, kept.length)).toEqual(kept);
    }),
  );
});

test('a pinned line that is missing in the answer returns to its place', () => {
  const before = { memory: '- tea\n- pinned\n- cake', pinned: ['- pinned'] };
  expect(keepPinned(before, '- tea\n- cake\n- rain', 99)).toBe('- tea\n- pinned\n- cake\n- rain');
  expect(keepPinned(before, '- rain\n- PINNED', 99)).toBe('- pinned\n- rain\n- PINNED');
  expect(keepPinned(before, '- rain\n - pinned\n- pinned', 99)).toBe('- rain\n- pinned');
});

test('pinned lines stay beyond a limit that was lowered', () => {
  expect(keepPinned({ memory: '- one\n- two', pinned: ['- one', '- two'] }, '- x', 5)).toBe(
    '- one\n- two',
  );
});
