import type { Html, PhrasingContent, RootContent } from 'mdast';
import { decodeString } from 'micromark-util-decode-string';
import { isFoldTag } from '@/lib/markdown/folds/folds-in-line';

/** The tags that are taken as they are meant, without attributes, and what becomes of them; all others are text. */
const ELEMENTS: Readonly<Record<string, string>> = {
  b: 'strong',
  code: 'code',
  del: 'del',
  em: 'em',
  i: 'em',
  ins: 'ins',
  kbd: 'kbd',
  mark: 'mark',
  s: 'del',
  small: 'small',
  strike: 'del',
  strong: 'strong',
  sub: 'sub',
  sup: 'sup',
  u: 'u',
};
const TAG = /^<(\/?)([a-z]+)\s*\/?>$/i;
const LINK = /^<a\s+href=(["'])([^"'<>\s]+)\1(?:\s[^<>]*)?>$/i;
/** An address that a link of Markdown may have. */
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const isComment = (html: string): boolean => html.startsWith('<!--');

interface Open {
  readonly name: string;
  readonly written: string;
  /** Of a link. */
  readonly url: string | undefined;
  readonly before: RootContent[];
}

interface Reading {
  readonly open: Open[];
  /** The children of the innermost element. */
  here: RootContent[];
}

/** Turns the tags among a node's children into elements. `streaming`: an open one may still be closed. */
export function withInlineTags(
  children: readonly RootContent[],
  streaming: boolean,
): readonly RootContent[] {
  if (!children.some(({ type }) => type === 'html')) return children;
  const reading: Reading = { open: [], here: [] };
  for (const child of children) {
    if (child.type !== 'html' || isFoldTag(child.value)) reading.here.push(child);
    else readTag(reading, child);
  }
  while (reading.open.length > 0) leave(reading, streaming && !isGlued(reading.open.at(-1)));
  return reading.here;
}

/** What may be a type's parameter, as in `Vec<S>`, is markup only once it is closed. */
function isGlued(open: Open | undefined): boolean {
  const last = open?.before.at(-1);
  return open?.name.length === 1 && last?.type === 'text' && /\w$/.test(last.value);
}

function readTag(reading: Reading, { value }: Html): void {
  if (isComment(value)) return;
  const { name, closes, url } = tagIn(value);
  if (name === 'br' || name === 'hr')
    reading.here.push({ type: 'break', data: { isRule: name === 'hr' } });
  else if (closes && reading.open.some((one) => one.name === name)) {
    while (reading.open.at(-1)?.name !== name) leave(reading, false);
    leave(reading, true);
  } else if (!closes && (Object.hasOwn(ELEMENTS, name) || url !== undefined)) {
    reading.open.push({ name, written: value, url, before: reading.here });
    reading.here = [];
  } else reading.here.push(text(value));
}

function tagIn(html: string) {
  const url = addressIn(html);
  if (url !== undefined) return { name: 'a', closes: false, url };
  const [, slash, name = ''] = TAG.exec(html) ?? [];
  return { name: name.toLowerCase(), closes: slash === '/', url };
}

/** The address of a link. Decoded before it is judged: `&#106;avascript:` hides a protocol. */
function addressIn(html: string): string | undefined {
  const address = decodeString(LINK.exec(html)?.[2] ?? '');
  return ADDRESS.test(address) ? address : undefined;
}

/** Leaves the innermost element; without a closing tag its opening tag is text. */
function leave(reading: Reading, closed: boolean): void {
  const last = reading.open.pop();
  if (!last) return;
  const inner = reading.here;
  reading.here = last.before;
  if (closed) reading.here.push(element(last, inner));
  else reading.here.push(text(last.written), ...inner);
}

const text = (value: string): RootContent => ({ type: 'text', value });

const element = ({ name, url }: Open, inner: readonly RootContent[]): RootContent => {
  const children = inner as PhrasingContent[];
  if (url !== undefined) return { type: 'link', url, children };
  return { type: 'emphasis', data: { hName: ELEMENTS[name] ?? name }, children };
};
