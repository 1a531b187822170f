import type { FoundText } from '@/lib/search/search';

/** A snippet with its matches. */
export function Highlighted({ snippet, highlights }: Pick<FoundText, 'snippet' | 'highlights'>) {
  if (highlights.length === 0) return snippet;
  return highlights.flatMap(([from, to], index) => [
    snippet.slice(highlights[index - 1]?.[1] ?? 0, from),
    <mark key={from}>{snippet.slice(from, to)}</mark>,
    index === highlights.length - 1 ? snippet.slice(to) : '',
  ]);
}
