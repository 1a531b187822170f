import { compareLines, hasTooManyLines } from './line-changes';
import { isBlank, linesOf, memoryOf, putBack } from './lines';

/** A change of a memory, from one text to another. */
export interface MemoryChange {
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Takes one change back: its added lines go, and its removed ones return to their place. Later changes stay. Returns
 * undefined when that is not clean: a line that it added is gone or was changed since, or one that it removed is there
 * again, or there are too many. Blank lines do not count.
 */
export function undoChange({ before, after }: MemoryChange, memory: string | null) {
  if (memory === after) return before;
  const compared = compareLines(before, after);
  const lines = linesOf(memory);
  if (!compared || hasTooManyLines(lines)) return undefined;
  for (const { change, line } of compared) {
    if (change !== 'added' || isBlank(line)) continue;
    const at = lines.findIndex((one) => one.trim() === line.trim());
    if (at === -1) return undefined;
    lines.splice(at, 1);
  }
  const here = new Set(lines.map((line) => line.trim()));
  const old = compared.filter(({ change }) => change !== 'added');
  const isGone = (line: string, index: number) =>
    old[index]?.change === 'removed' && !isBlank(line);
  if (old.some(({ line }, index) => isGone(line, index) && here.has(line.trim()))) return undefined;
  return memoryOf(
    putBack(
      lines,
      old.map(({ line }) => line),
      isGone,
    ),
  );
}
