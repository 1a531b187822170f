import { type Line, highlight } from './highlight';

/** Code in colours, in chunks of lines; a full chunk keeps its identity while the code grows. */
export interface CodeLines {
  readonly code: string;
  readonly language: string | null;
  readonly growing: boolean;
  readonly settled: readonly (readonly Line[])[];
  /** Where the lines start that are still read anew with each update. */
  readonly openStart: number;
  readonly open: readonly Line[];
}

const CHUNK = 32;
/** How many lines may be read anew before a comment or string without an end is given up on. */
const MAX_OPEN = 256;

/** Complete code is read as a whole; growing code only from the last chunk on. */
export function advanceCode(
  previous: CodeLines | null,
  code: string,
  language: string | null,
  growing: boolean,
): CodeLines {
  if (previous?.code === code && previous.language === language && previous.growing === growing)
    return previous;
  const grew =
    growing &&
    previous?.growing === true &&
    previous.language === language &&
    code.startsWith(previous.code);
  const settled = grew ? [...previous.settled] : [];
  let openStart = grew ? previous.openStart : 0;
  let open = highlight(code.slice(openStart), language);
  while (open.length > CHUNK) {
    const at = growing ? chunkEnd(open) : CHUNK;
    if (at === 0) break;
    const chunk = open.slice(0, at);
    settled.push(chunk);
    openStart += lengthOf(chunk);
    open = open.slice(at);
  }
  return { code, language, growing, settled, openStart, open };
}

/** The line after which growing code may be cut, 0 when it has to wait. */
function chunkEnd(open: readonly Line[]): number {
  for (let at = CHUNK; at < open.length - 1; at += 1) if (!open[at - 1]?.unfinished) return at;
  return open.length > MAX_OPEN ? CHUNK : 0;
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce(
    (sum, { pieces }) => pieces.reduce((inLine, { text }) => inLine + text.length, sum),
    0,
  );
}
