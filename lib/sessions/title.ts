import { texts } from '@/lib/texts/texts';
export const TITLE_MAX = 200;

/** How much of a message stands in for a title. */
const SHOWN_LENGTH = 60;

/** What people see as the name of a session: its title, else the start of its first message. */
export function shownTitle({
  title,
  opening,
}: {
  readonly title: string | null;
  readonly opening: string | null;
}): string {
  return title ?? (titleOf(opening ?? '') || texts.sessions.untitled);
}

/** The first line with words in it, without Markdown's marks, cut between words. */
function titleOf(message: string): string {
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
