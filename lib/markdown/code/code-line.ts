import type { Token, TokenStream } from 'prismjs';
import { wholeCharacters } from '@/lib/markdown/text/whole-characters';

export type Kind =
  | 'comment'
  | 'keyword'
  | 'string'
  | 'number'
  | 'function'
  | 'operator'
  | 'tag'
  | 'attribute'
  | 'inserted'
  | 'deleted';

export interface Piece {
  readonly text: string;
  readonly kind: Kind | null;
}

export interface Line {
  readonly pieces: readonly Piece[];
  /** The line ends, or may end, inside a comment or string, so the next one cannot be highlighted without it. */
  readonly unfinished: boolean;
}

const KINDS: Readonly<Record<string, Kind>> = {
  comment: 'comment',
  prolog: 'comment',
  cdata: 'comment',
  doctype: 'comment',
  coord: 'comment',
  blockquote: 'comment',
  keyword: 'keyword',
  atrule: 'keyword',
  important: 'keyword',
  rule: 'keyword',
  directive: 'keyword',
  'class-name': 'function',
  string: 'string',
  char: 'string',
  'attr-value': 'string',
  regex: 'string',
  'template-string': 'string',
  'triple-quoted-string': 'string',
  url: 'string',
  scalar: 'string',
  'code-snippet': 'string',
  number: 'number',
  boolean: 'number',
  constant: 'number',
  symbol: 'number',
  datetime: 'number',
  null: 'number',
  function: 'function',
  builtin: 'function',
  selector: 'function',
  title: 'function',
  'function-name': 'function',
  operator: 'operator',
  entity: 'operator',
  tag: 'tag',
  deleted: 'deleted',
  'attr-name': 'attribute',
  property: 'attribute',
  key: 'attribute',
  variable: 'attribute',
  parameter: 'attribute',
  annotation: 'attribute',
  decorator: 'attribute',
  inserted: 'inserted',
};

/** Prism's tokens as lines, each with its line ending; adjacent tokens of one colour are joined. */
export function linesOf(stream: TokenStream): readonly Line[] {
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  let opened = false;
  for (const { text, kind, inside } of piecesOf(stream, null, false)) {
    // A lone backtick starts a string whose end has not arrived.
    opened ||= !inside && text.includes('`');
    for (const part of text.split(/(?<=\n)/)) {
      if (part === '') continue;
      addPiece(pieces, { text: part, kind });
      if (!part.endsWith('\n')) continue;
      lines.push({ pieces, unfinished: inside || opened });
      pieces = [];
    }
  }
  return pieces.length === 0 ? lines : [...lines, { pieces, unfinished: true }];
}

/** Whether it is one line, not a run of several. */
export const isOneLine = ({ pieces }: Line): boolean =>
  pieces.every(({ text }, index) => {
    const end = text.indexOf('\n');
    return end < 0 || (end === text.length - 1 && index === pieces.length - 1);
  });

/** Characters per element of plain text. */
const PLAIN_MIN = 500;
const PLAIN_MAX = 4_000;

/** Long plain text: runs of whole lines, as one line each, because nothing in them is highlighted. */
export function plainRuns(code: string): readonly Line[] {
  const runs: Line[] = [];
  for (let from = 0; from < code.length;) {
    const most = code.slice(from, from + PLAIN_MAX);
    const lineEnd = most.indexOf('\n', PLAIN_MIN - 1) + 1;
    const to = from + (lineEnd || wholeCharacters(most));
    const unfinished = to === code.length && code[to - 1] !== '\n';
    runs.push({ pieces: [{ text: code.slice(from, to), kind: null }], unfinished });
    from = to;
  }
  return runs;
}

function addPiece(pieces: Piece[], { text, kind }: Piece): void {
  const last = pieces.at(-1);
  const joined = last && (last.kind === kind || text.trim() === '');
  if (joined) pieces[pieces.length - 1] = { text: last.text + text, kind: last.kind };
  else pieces.push({ text, kind });
}

function* piecesOf(
  stream: TokenStream,
  kind: Kind | null,
  inside: boolean,
): Generator<Piece & { readonly inside: boolean }> {
  if (typeof stream === 'string') yield { text: stream, kind, inside };
  else if (Array.isArray(stream)) for (const part of stream) yield* piecesOf(part, kind, inside);
  else yield* piecesOf(stream.content, kindOf(stream) ?? kind, true);
}

function kindOf({ type, alias }: Token): Kind | null {
  const names = [type, ...(typeof alias === 'string' ? [alias] : (alias ?? []))];
  const known = names.find((name) => Object.hasOwn(KINDS, name));
  return known === undefined ? null : (KINDS[known] ?? null);
}

export function lengthOf(lines: readonly Line[]): number {
  return lines.reduce(
    (sum, { pieces }) => pieces.reduce((inLine, { text }) => inLine + text.length, sum),
    0,
  );
}
