import type { Source } from '@/lib/reply/source';

/** A title may hold what Markdown would read as the end of the link, or as a tag. */
const escaped = (title: string): string => title.replace(/[\\[\]<>*_`&]/g, '\\$&');

/** The sources of a reply as Markdown, below its text; '' without any. */
export function sourceList(sources: readonly Source[]): string {
  if (sources.length === 0) return '';
  const lines = sources.map(
    ({ url, title }, at) => `${String(at + 1)}. [${escaped(title ?? url)}](<${url}>)\n`,
  );
  return `\n\nSources:\n\n${lines.join('')}`.trimEnd();
}
