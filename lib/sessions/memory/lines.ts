/** A memory is read line by line. A line goes by its text without the space around it. */
export const linesOf = (memory: string | null): string[] =>
  memory === null ? [] : memory.split('\n');

export const isBlank = (line: string): boolean => line.trim() === '';

/** Lines as a memory; null when nothing is left. */
export const memoryOf = (lines: readonly string[]): string | null =>
  lines.join('\n').trim() || null;

/** The memory without the first such line; undefined when it has none. */
export function withoutLine(memory: string | null, line: string): string | null | undefined {
  const lines = linesOf(memory);
  const at = lines.findIndex((one) => one.trim() === line.trim());
  return at === -1 || isBlank(line) ? undefined : memoryOf(lines.toSpliced(at, 1));
}

/** The lines of `pinned` that the memory still has, in its order, each once. */
export function keptPins(pinned: readonly string[], memory: string | null): string[] {
  const wanted = new Set(pinned.map((line) => line.trim()));
  const kept = linesOf(memory).map((line) => line.trim());
  return [...new Set(kept)].filter((line) => line !== '' && wanted.has(line));
}

/** True when the change only takes lines away: what they said is to be forgotten. */
export function onlyForgets(before: string | null, after: string | null): boolean {
  const [had, has] = [before, after].map((memory) => linesOf(memory).filter(notBlank)) as [
    string[],
    string[],
  ];
  let at = 0;
  for (const line of had) if (line.trim() === has[at]?.trim()) at += 1;
  return at === has.length && has.length < had.length;
}

const notBlank = (line: string): boolean => !isBlank(line);

/**
 * Puts those lines of `before` that `isGone` names back into `lines`: each after the line that it followed there, as far
 * as that is still here, and otherwise after the one before that.
 */
export function putBack(
  lines: readonly string[],
  before: readonly string[],
  isGone: (line: string, index: number) => boolean,
): string[] {
  const places = new Map<string, number>();
  for (const [at, line] of lines.entries())
    if (!places.has(line.trim())) places.set(line.trim(), at + 1);
  const back = new Map<number, string[]>();
  let place = 0;
  for (const [index, line] of before.entries()) {
    if (isGone(line, index)) {
      const there = back.get(place) ?? [];
      there.push(line);
      back.set(place, there);
    } else place = places.get(line.trim()) ?? place;
  }
  return [
    ...(back.get(0) ?? []),
    ...lines.flatMap((line, at) => [line, ...(back.get(at + 1) ?? [])]),
  ];
}
