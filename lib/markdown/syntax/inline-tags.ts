import type { Html, RootContent } from 'mdast';
import { decodeString } from 'micromark-util-decode-string';
import {
  close,
  enter,
  isElement,
  isListTag,
  isOpen,
  leave,
  MARK,
  openList,
  put,
  text,
  type Open,
  type Reading,
} from './open-elements';
import { isFoldTag } from '@/lib/markdown/folds/folds-in-line';

const TAG = /^<(\/?)([a-z]+)\s*\/?>$/i;
const LINK = /^<a\s+href=(["'])([^"'<>\s]+)\1(?:\s[^<>]*)?>$/i;
/** An address that a link of Markdown may have. */
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const isComment = (html: string): boolean => html.startsWith('<!--');

/**
 * Turns the tags and marks among a node's children into elements. `streaming`: an open one may still be closed. `inCell`:
 * of a table.
 */
export function withInlineTags(
  children: readonly RootContent[],
  { streaming, inCell }: { readonly streaming: boolean; readonly inCell: boolean },
): readonly RootContent[] {
  if (!children.some(({ type }) => type === 'html')) return children;
  const reading: Reading = { inCell, open: [], here: [] };
  for (const child of children) {
    if (child.type !== 'html' || isFoldTag(child.value)) put(reading, child);
    else if (child.data?.kind === 'mark') readMark(reading, child);
    else readTag(reading, child);
  }
  while (reading.open.length > 0) leave(reading, streaming && !isGlued(reading.open.at(-1)));
  return reading.here;
}

/** What may be a type's parameter, as in `Vec<S>`, is markup only once it is closed. */
function isGlued(one: Open | undefined): boolean {
  const last = one?.before.at(-1);
  return one?.name.length === 1 && last?.type === 'text' && /\w$/.test(last.value);
}

function readTag(reading: Reading, { value }: Html): void {
  if (isComment(value)) return;
  const { name, closes, url } = tagIn(value);
  if (name === 'br' || name === 'hr')
    put(reading, { type: 'break', data: { isRule: name === 'hr' } });
  else if (closes && isOpen(reading, name)) close(reading, name);
  else if (reading.inCell && isListTag(name) && !closes) openList(reading, name, value);
  else if (!closes && (isElement(name) || url !== undefined))
    enter(reading, { name, written: value, url });
  else put(reading, text(value));
}

function readMark(reading: Reading, { value, data }: Html): void {
  if (data?.closes === true && isOpen(reading, MARK)) close(reading, MARK);
  else if (data?.opens === true) enter(reading, { name: MARK, written: value, url: undefined });
  else put(reading, text(value));
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
