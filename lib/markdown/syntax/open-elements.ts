import type { PhrasingContent, RootContent } from 'mdast';

/** The supported tags, without attributes, and the elements that they become; all others are text. */
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
/** The mark of `==highlighted==` words. */
export const MARK = '==';
/** In a cell of a table, which has no other way to write them. */
const LISTS: ReadonlySet<string> = new Set(['ul', 'ol', 'li']);

export interface Open {
  readonly name: string;
  readonly written: string;
  /** Of a link. */
  readonly url: string | undefined;
  readonly before: RootContent[];
}

export interface Reading {
  readonly inCell: boolean;
  readonly open: Open[];
  /** The children of the innermost element. */
  here: RootContent[];
}

export const isElement = (name: string): boolean => Object.hasOwn(ELEMENTS, name);
export const isListTag = (name: string): boolean => LISTS.has(name);

/**
 * Adds content other than a list tag; directly in a list, white space is ignored and other content ends an implied
 * list.
 */
export function put(reading: Reading, child: RootContent): void {
  const isNothing = child.type === 'break' || (child.type === 'text' && child.value.trim() === '');
  if (isNothing && isList(reading.open.at(-1)?.name)) return;
  leaveImplied(reading);
  reading.here.push(child);
}

function leaveImplied(reading: Reading): void {
  if (reading.open.at(-1)?.written === '') leave(reading, true);
}

const isList = (name: string | undefined): boolean => name === 'ul' || name === 'ol';

export const isOpen = (reading: Reading, name: string): boolean =>
  reading.open.some((one) => one.name === name);

export function enter(reading: Reading, tag: Pick<Open, 'name' | 'written' | 'url'>): void {
  if (!isListTag(tag.name)) leaveImplied(reading);
  reading.open.push({ ...tag, before: reading.here });
  reading.here = [];
}

export function close(reading: Reading, name: string): void {
  while (reading.open.at(-1)?.name !== name) leave(reading, false);
  leave(reading, true);
}

/** An item ends the one before it, and is in a list even where none is written. */
export function openList(reading: Reading, name: string, written: string): void {
  if (name === 'li') {
    const lists = reading.open.findLastIndex((one) => isList(one.name));
    if (reading.open.findLastIndex((one) => one.name === 'li') > lists) close(reading, 'li');
    else if (lists < 0) enter(reading, { name: 'ul', written: '', url: undefined });
  }
  enter(reading, { name, written, url: undefined });
}

/** Leaves the innermost element; without a closing tag its opening tag is text. */
export function leave(reading: Reading, closed: boolean): void {
  const last = reading.open.pop();
  if (!last) return;
  const inner = reading.here;
  reading.here = last.before;
  if (closed || LISTS.has(last.name)) reading.here.push(element(last, inner));
  else reading.here.push(text(last.written), ...inner);
}

export const text = (value: string): RootContent => ({ type: 'text', value });

const element = ({ name, url }: Open, inner: readonly RootContent[]): RootContent => {
  const children = inner as PhrasingContent[];
  if (url !== undefined) return { type: 'link', url, children };
  return {
    type: 'emphasis',
    data: { hName: name === MARK ? 'mark' : (ELEMENTS[name] ?? name) },
    children,
  };
};
