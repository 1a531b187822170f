import type { Html, RootContent, Text } from 'mdast';

/** In `a==b`, `a == b` and `===` they mark nothing. */
const MARKS = /(?<!=)==(?!=)/g;
const BESIDE = /^[^\s=]$/;
const GLUED = /^[\w=]$/;

/** Takes the marks of `==highlighted==` words out of a text. They are paired like tags. */
export function withMarks(node: RootContent, source: string): readonly RootContent[] {
  if (node.type !== 'text' || !node.value.includes('==')) return [node];
  const nodes: RootContent[] = [];
  let read = 0;
  for (const { index } of node.value.matchAll(MARKS)) {
    const mark = markAt(index, node, source);
    if (!mark) continue;
    nodes.push({ type: 'text', value: node.value.slice(read, index) }, mark);
    read = index + 2;
  }
  return [...nodes, { ...node, value: node.value.slice(read) }];
}

/** Null for what marks nothing, or was escaped. */
function markAt(index: number, { value, position }: Text, source: string): Html | null {
  const [from, to] = [position?.start.offset ?? 0, position?.end.offset ?? 0];
  if (source.slice(from, to).includes('\\=')) return null;
  const before = value.charAt(index - 1) || source.charAt(from - 1);
  const after = value.charAt(index + 2) || source.charAt(to);
  const opens = BESIDE.test(after) && !GLUED.test(before);
  const closes = BESIDE.test(before) && !GLUED.test(after);
  return opens || closes
    ? { type: 'html', value: '==', data: { kind: 'mark', opens, closes } }
    : null;
}
