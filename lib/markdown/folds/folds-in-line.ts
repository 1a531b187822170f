const FOLD_LINE = /^<\/?(?:details|summary)(?:\s[^<>]*)?>/i;

/** A line that starts with a tag of a fold. */
export const isFoldLine = (line: string): boolean => FOLD_LINE.test(line);

/** How many folds a line opens, minus those it closes. */
export function foldsIn(line: string): number {
  let folds = 0;
  for (const [, close] of line.matchAll(/<(\/?)details(?:\s[^<>]*)?>/gi)) folds += close ? -1 : 1;
  return folds;
}

const FOLD_TAG = /^<\/?(?:details|summary)(?:\s[^<>]*)?>$/i;

export const isFoldTag = (html: string): boolean => FOLD_TAG.test(html);
