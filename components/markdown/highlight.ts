import type { Token, TokenStream } from 'prismjs';
import { prism } from './prism';

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
  /** The line ends inside a comment or string, so the next one cannot be read without it. */
  readonly unfinished: boolean;
}

const ALIASES: Readonly<Record<string, string>> = {
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  console: 'bash',
  dockerfile: 'docker',
  golang: 'go',
  htm: 'markup',
  html: 'markup',
  js: 'javascript',
  jsonc: 'json',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  cjs: 'javascript',
  patch: 'diff',
  postgresql: 'sql',
  mysql: 'sql',
  sqlite: 'sql',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'markup',
  ts: 'typescript',
  vue: 'markup',
  xml: 'markup',
  yml: 'yaml',
  zsh: 'bash',
};

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

/** Above these the code is shown without colours: some grammars need the square of their input. */
const MAX_CHARACTERS = 40_000;
const MAX_LINE = 1_000;

export function languageOf(name: string): string | null {
  const lower = name.toLowerCase();
  const language = Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower;
  return language !== undefined && grammarOf(language) ? language : null;
}

function grammarOf(language: string) {
  const grammar = Object.hasOwn(prism.languages, language) ? prism.languages[language] : undefined;
  return typeof grammar === 'object' ? grammar : null;
}

/** The code's lines, each with its line ending, cut into pieces that share a colour. */
export function highlight(code: string, language: string | null): readonly Line[] {
  const grammar = language === null ? null : grammarOf(language);
  const tokens = grammar && isModest(code) ? prism.tokenize(code, grammar) : code;
  const lines = new Lines();
  addStream(lines, tokens, null, false);
  return lines.end();
}

function isModest(code: string): boolean {
  return code.length <= MAX_CHARACTERS && !code.split('\n').some((line) => line.length > MAX_LINE);
}

function addStream(lines: Lines, stream: TokenStream, kind: Kind | null, inside: boolean): void {
  if (typeof stream === 'string') lines.add(stream, kind, inside);
  else if (Array.isArray(stream)) for (const part of stream) addStream(lines, part, kind, inside);
  else addStream(lines, stream.content, kindOf(stream) ?? kind, true);
}

function kindOf({ type, alias }: Token): Kind | null {
  const names = [type, ...(typeof alias === 'string' ? [alias] : (alias ?? []))];
  const known = names.find((name) => Object.hasOwn(KINDS, name));
  return known === undefined ? null : (KINDS[known] ?? null);
}

/** Gathers pieces into lines, joining neighbours of one colour. */
class Lines {
  private readonly done: Line[] = [];
  private pieces: Piece[] = [];

  add(text: string, kind: Kind | null, inside: boolean): void {
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      this.push(text.slice(from, at + 1), kind);
      this.done.push({ pieces: this.pieces, unfinished: inside });
      this.pieces = [];
      from = at + 1;
    }
    if (from < text.length) this.push(text.slice(from), kind);
  }

  end(): readonly Line[] {
    return this.pieces.length === 0
      ? this.done
      : [...this.done, { pieces: this.pieces, unfinished: false }];
  }

  private push(text: string, kind: Kind | null): void {
    const last = this.pieces.at(-1);
    const joined = last && (last.kind === kind || text.trim() === '');
    if (joined) this.pieces[this.pieces.length - 1] = { text: last.text + text, kind: last.kind };
    else this.pieces.push({ text, kind });
  }
}
