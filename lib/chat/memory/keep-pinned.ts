import { isBlank, linesOf, putBack } from '@/lib/sessions/memory/lines';
import { trimToLine } from '@/lib/chat/prompt/trim-to-line';
import type { Memory } from '@/lib/sessions/memory';

/**
 * A model's answer as the new memory, of at most `max` UTF-16 units. Each pinned line stays, letter for letter: where
 * the answer has it, or else after the line that it followed. Other lines are cut first, from the end; pinned ones stay
 * even beyond `max`.
 */
export function keepPinned(
  { memory, pinned }: Pick<Memory, 'memory' | 'pinned'>,
  answer: string,
  max: number,
): string {
  if (pinned.length === 0) return trimToLine(answer.trim(), max);
  const before = linesOf(memory);
  const pins = new Set(pinned);
  const held = new Map(
    before.filter((line) => pins.has(line.trim())).map((line) => [line.trim(), line]),
  );
  const firstAt = new Map(before.map((line, index) => [line, index] as const).toReversed());
  const answered = eachPinOnce(linesOf(answer), held);
  const there = new Set(answered);
  const isMissing = (line: string, index: number) =>
    isPin(held, line) && !there.has(line) && firstAt.get(line) === index;
  const all = putBack(answered, before, isMissing);
  return withoutBlankEnds(cutOthers(all, held, max)).join('\n');
}

type Held = ReadonlyMap<string, string>;

const isPin = (held: Held, line: string): boolean => held.get(line.trim()) === line;

/** The answer may indent a pinned line in another way, or say it twice. */
function eachPinOnce(lines: readonly string[], held: Held): string[] {
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const pin = held.get(line.trim());
    if (pin === undefined) return [line];
    if (seen.has(pin)) return [];
    seen.add(pin);
    return [pin];
  });
}

function cutOthers(lines: readonly string[], held: Held, max: number): string[] {
  let room = max + 1;
  for (const line of lines) if (isPin(held, line)) room -= line.length + 1;
  let full = false;
  return lines.filter((line) => {
    if (isPin(held, line)) return true;
    full ||= line.length + 1 > room;
    if (full) return false;
    room -= line.length + 1;
    return true;
  });
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}
