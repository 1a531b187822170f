/** Pinned lines as they are stored: one per line; null: none. */
export const pinnedText = (lines: readonly string[]): string | null => lines.join('\n') || null;

export const pinnedLines = (text: string | null): string[] =>
  text === null ? [] : text.split('\n');
