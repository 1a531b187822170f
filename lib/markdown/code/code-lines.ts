import { type Line, isOneLine, lengthOf } from './code-line';
import { highlight } from './highlight';

/** Highlighted code in chunks of lines. Full chunks keep their identity while the code grows. */
export interface CodeLines {
  readonly code: string;
  readonly language: string | null;
  readonly streaming: boolean;
  readonly settled: readonly (readonly Line[])[];
  /** Where the lines start that each update highlights again. */
  readonly openStart: number;
  readonly open: readonly Line[];
  /** Each line stands alone, so that it can have a number. */
  readonly byLine: boolean;
}

const CHUNK = 32;
/** How many open lines to highlight again before giving up on an unclosed comment or string. */
const MAX_OPEN = 256;

/** Complete code is highlighted as a whole, streaming code from the last chunk on. */
export function advanceCode(
  previous: CodeLines | null,
  code: string,
  language: string | null,
  streaming: boolean,
): CodeLines {
  if (previous && isSame(previous, { code, language, streaming })) return previous;
  const base = previous && streaming && grew(previous, code, language) ? previous : null;
  const start = base?.openStart ?? 0;
  const lines = highlight(code.slice(start), language);
  const { chunks, open } = inChunks(lines, streaming);
  const openStart = start + chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);
  return {
    code,
    language,
    streaming,
    settled: [...(base?.settled ?? []), ...chunks],
    openStart,
    open,
    byLine: base?.byLine !== false && lines.every(isOneLine),
  };
}

function inChunks(lines: readonly Line[], streaming: boolean) {
  const chunks: (readonly Line[])[] = [];
  let open = lines;
  for (let at = chunkEnd(open, streaming); at > 0; at = chunkEnd(open, streaming)) {
    chunks.push(open.slice(0, at));
    open = open.slice(at);
  }
  return { chunks, open };
}

function isSame(
  lines: CodeLines,
  next: Pick<CodeLines, 'code' | 'language' | 'streaming'>,
): boolean {
  return (
    lines.code === next.code &&
    lines.language === next.language &&
    lines.streaming === next.streaming
  );
}

function grew(previous: CodeLines, code: string, language: string | null): boolean {
  return previous.streaming && previous.language === language && code.startsWith(previous.code);
}

/** The line after which code can be cut; 0: not yet. Streaming code is not cut inside a comment or string. */
function chunkEnd(open: readonly Line[], streaming: boolean): number {
  if (open.length <= CHUNK) return 0;
  if (!streaming) return CHUNK;
  for (let at = CHUNK; at < open.length - 1; at += 1) if (!open[at - 1]?.unfinished) return at;
  return open.length > MAX_OPEN ? CHUNK : 0;
}
