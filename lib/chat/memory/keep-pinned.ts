import { isBlank, linesOf, putBack } from '@/lib/sessions/memory/lines';
import { truncateAtLine } from '@/lib/chat/prompt/truncate-at-line';
import type { Memory } from '@/lib/sessions/memory/memory';

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
  if (pinned.length === 0) return truncateAtLine(answer.trim(), max);
  const before = linesOf(memory);
  const pins = new Set(pinned);
  const pinByText = new Map(
    before.filter((line) => pins.has(line.trim())).map((line) => [line.trim(), line]),
  );
  const firstAt = new Map(before.map((line, index) => [line, index] as const).toReversed());
  const answered = eachPinOnce(linesOf(answer), pinByText);
  const there = new Set(answered);
  const isMissing = (line: string, index: number) =>
    isPin(pinByText, line) && !there.has(line) && firstAt.get(line) === index;
  const all = putBack(answered, before, isMissing);
  return withoutBlankEnds(cutOthers(all, pinByText, max)).join('\n');
}

type PinByText = ReadonlyMap<string, string>;

const isPin = (pinByText: PinByText, line: string): boolean => pinByText.get(line.trim()) === line;

/** The answer may indent a pinned line in another way, or say it twice. */
function eachPinOnce(lines: readonly string[], pinByText: PinByText): string[] {
  const seen = new Set<string>();
  return lines.flatMap((line) => {
    const pin = pinByText.get(line.trim());
    if (pin === undefined) return [line];
    if (seen.has(pin)) return [];
    seen.add(pin);
    return [pin];
  });
}

function cutOthers(lines: readonly string[], pinByText: PinByText, max: number): string[] {
  let room = max + 1;
  for (const line of lines) if (isPin(pinByText, line)) room -= line.length + 1;
  let full = false;
  return lines.filter((line) => {
    if (isPin(pinByText, line)) return true;
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
