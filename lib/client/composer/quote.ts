/** A draft with a quotation at its end, and room to answer it. */
export const withQuote = (quoted: string, draft: string): string => {
  const lines = quoted.trim().replace(/^/gm, '> ');
  return draft.trim() ? `${draft.trimEnd()}\n\n${lines}\n\n` : `${lines}\n\n`;
};
