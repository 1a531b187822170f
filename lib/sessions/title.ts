export const TITLE_MAX = 200;

/** The maximum length of a title made from a message. */
const SHOWN_LENGTH = 60;

/** The displayed name of a session: its title, or the start of its first message. */
export function shownTitle(
  {
    title,
    opening,
  }: {
    readonly title: string | null;
    readonly opening: string | null;
  },
  untitled: string,
): string {
  return title ?? (titleOf(opening ?? '') || untitled);
}

/** The first line with letters or digits, on one short line without Markdown syntax, cut between words. */
export function titleOf(message: string): string {
  const lines = message.split('\n').map((line) =>
    line
      .replace(/^[\s>#*+-]+/, '')
      .replace(/[`*_~]/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return shorten(lines.find((line) => /[\p{L}\p{N}]/u.test(line)) ?? lines.find(Boolean) ?? '');
}

function shorten(line: string): string {
  const letters = Array.from(line);
  if (letters.length <= SHOWN_LENGTH) return line;
  const cut = letters.slice(0, SHOWN_LENGTH).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > cut.length / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.]+$/, '')}…`;
}
