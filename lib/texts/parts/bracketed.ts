/** What is between these characters is translated; they make no word of their own for a screen reader. */
const bracket = (sentence: string): string => (sentence === '' ? '' : `⟦${sentence}⟧`);

/** Not sentences: names of languages, and what is compared with what a person types. */
const KEPT = new Set(['locale', 'app', 'word', 'lines']);

/** A translation with each of its sentences between brackets. */
export function bracketed<Part>(part: Part): Part;
export function bracketed(part: unknown): unknown {
  if (typeof part === 'string') return bracket(part);
  if (typeof part === 'function')
    return (...values: unknown[]) =>
      bracketed((part as (...given: unknown[]) => unknown)(...values));
  if (Array.isArray(part)) return part.map((each: unknown) => bracketed(each));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, each]: [string, unknown]) => [
      name,
      KEPT.has(name) ? each : bracketed(each),
    ]),
  );
}
