import { isBlank, linesOf } from './lines';

export interface LineChange {
  readonly change: 'added' | 'removed';
  readonly line: string;
}

interface Compared {
  readonly change: LineChange['change'] | 'same';
  readonly line: string;
}

/** Above this many pairs of changed lines, all of them count as replaced. */
const PAIRS_MAX = 20_000;
/** A memory of this program is far below; an imported one may be of nothing but line breaks. */
const LINES_MAX = 1_000;

export const hasTooManyLines = (lines: readonly string[]): boolean => lines.length > LINES_MAX;

/**
 * The lines of two memories in one order, by their longest common subsequence; removed ones come before added ones. Null:
 * they have too many.
 */
export function compareLines(before: string | null, after: string | null): Compared[] | null {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (hasTooManyLines(old) || hasTooManyLines(now)) return null;
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const middle = compareMiddle(
    old.slice(start, old.length - end),
    now.slice(start, now.length - end),
  );
  return [...same(old.slice(0, start)), ...middle, ...same(old.slice(old.length - end))];
}

/** What a change did, without blank lines; null when the memories have too many lines. */
export const lineChanges = (before: string | null, after: string | null): LineChange[] | null =>
  compareLines(before, after)?.flatMap(({ change, line }) =>
    change === 'same' || isBlank(line) ? [] : [{ change, line }],
  ) ?? null;

const marked = (lines: readonly string[], change: Compared['change']): Compared[] =>
  lines.map((line) => ({ change, line }));
const same = (lines: readonly string[]) => marked(lines, 'same');

function compareMiddle(old: readonly string[], now: readonly string[]): Compared[] {
  if (old.length * now.length > PAIRS_MAX)
    return [...marked(old, 'removed'), ...marked(now, 'added')];
  const lengths = commonLengths(old, now);
  const compared: Compared[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [mine, theirs] = [old[i], now[j]];
    if (mine !== undefined && mine === theirs) {
      compared.push({ change: 'same', line: mine });
      i += 1;
      j += 1;
    } else if (
      mine !== undefined &&
      (theirs === undefined || at(lengths, i + 1, j) >= at(lengths, i, j + 1))
    ) {
      compared.push({ change: 'removed', line: mine });
      i += 1;
    } else if (theirs !== undefined) {
      compared.push({ change: 'added', line: theirs });
      j += 1;
    }
  }
  return compared;
}

type Lengths = readonly (readonly number[])[];

const at = (lengths: Lengths, i: number, j: number): number => lengths[i]?.[j] ?? 0;

/** The length of the longest common subsequence of what follows each pair of places. */
function commonLengths(old: readonly string[], now: readonly string[]): Lengths {
  const lengths: number[][] = [];
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row: number[] = [];
    for (let j = now.length - 1; j >= 0; j -= 1)
      row[j] =
        old[i] === now[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), row[j + 1] ?? 0);
    lengths[i] = row;
  }
  return lengths;
}
