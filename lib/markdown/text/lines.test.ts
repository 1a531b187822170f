import { expect, test } from 'vitest';
import { cellsIn, isDelimiterRow, isThematicBreak } from './lines';

test.each(['-|-', '|-|', '| :-: | --- |', ':-', '---|', '|:--  |  --:|  ', '-|-|-'])(
  '%j is a delimiter row',
  (line) => {
    expect(isDelimiterRow(line)).toBe(true);
  },
);

test.each(['---', '|', '||', '|-||', '|-|x', 'a|b', '- -|-', '::-|-', ' |-|'])(
  '%j is not a delimiter row',
  (line) => {
    expect(isDelimiterRow(line)).toBe(false);
  },
);

test('three marks of one kind are a thematic break', () => {
  for (const line of ['***', '- - -', '_  _  _ ', '-----'])
    expect(isThematicBreak(line)).toBe(true);
  for (const line of ['**', '- - *', 'a***', '--- a', ''])
    expect(isThematicBreak(line)).toBe(false);
});

test('an escaped pipe does not split cells', () => {
  expect(cellsIn('| a | b |')).toBe(2);
  expect(cellsIn('a | \\|')).toBe(2);
  expect(cellsIn('a \\| b')).toBe(1);
});

/** The best time: other load on the machine only makes it longer. */
function best(work: () => void): number {
  const times = Array.from({ length: 7 }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...times);
}

test('ten times the spaces cost about ten times the work', () => {
  const row = (spaces: number) => () => isDelimiterRow(`-|-${' '.repeat(spaces)}x`);
  const rule = (spaces: number) => () => isThematicBreak(`-${' -'.repeat(spaces)}x`);
  for (const of of [row, rule]) expect(best(of(60_000))).toBeLessThan(60 * best(of(6_000)) + 5);
});
