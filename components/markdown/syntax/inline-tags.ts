import type { Html, PhrasingContent, RootContent } from 'mdast';
import { isFoldTag } from './folds-in-line';

/** The tags that are taken as they are meant, without attributes; all others are text. */
const TAG = /^<(\/?)(br|sub|sup|kbd|mark)\s*\/?>$/i;

interface Open {
  readonly name: string;
  readonly written: string;
  readonly before: RootContent[];
}

interface Reading {
  readonly open: Open[];
  /** The children of the innermost element. */
  here: RootContent[];
}

/** Makes elements of the tags among the children of a node. `growing`: what is open may still be closed. */
export function withInlineTags(
  children: readonly RootContent[],
  growing: boolean,
): readonly RootContent[] {
  if (!children.some(({ type }) => type === 'html')) return children;
  const reading: Reading = { open: [], here: [] };
  for (const child of children) {
    if (child.type !== 'html' || isFoldTag(child.value)) reading.here.push(child);
    else readTag(reading, child);
  }
  while (reading.open.length > 0) leave(reading, growing);
  return reading.here;
}

function readTag(reading: Reading, { value }: Html): void {
  const [, close, written = ''] = TAG.exec(value) ?? [];
  const name = written.toLowerCase();
  if (name === 'br') reading.here.push({ type: 'break' });
  else if (name !== '' && !close) {
    reading.open.push({ name, written: value, before: reading.here });
    reading.here = [];
  } else if (name !== '' && reading.open.some((one) => one.name === name)) {
    while (reading.open.at(-1)?.name !== name) leave(reading, false);
    leave(reading, true);
  } else reading.here.push(text(value));
}

/** Leaves the innermost element; where it is not closed its tag is text. */
function leave(reading: Reading, closed: boolean): void {
  const last = reading.open.pop();
  if (!last) return;
  const inner = reading.here;
  reading.here = last.before;
  if (closed) reading.here.push(element(last.name, inner));
  else reading.here.push(text(last.written), ...inner);
}

const text = (value: string): RootContent => ({ type: 'text', value });

const element = (name: string, children: readonly RootContent[]): RootContent => ({
  type: 'emphasis',
  data: { hName: name },
  children: children as PhrasingContent[],
});
