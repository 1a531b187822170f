import type { Paragraph, PhrasingContent, RootContent } from 'mdast';

/** Models do not wrap their lines: where one ends, it was meant to. */
export function withBreaks(text: string): readonly PhrasingContent[] {
  return text.split('\n').flatMap((line, at): PhrasingContent[] => {
    const words: PhrasingContent[] = line === '' ? [] : [{ type: 'text', value: line }];
    return at === 0 ? words : [{ type: 'break' }, ...words];
  });
}

const isEmpty = (node: PhrasingContent | undefined): boolean =>
  node?.type === 'break' || (node?.type === 'text' && node.value.trim() === '');

/** A paragraph without the empty lines that comments leave; a rule where it was nothing but one. */
export function withoutEmptyLines(paragraph: Paragraph): readonly RootContent[] {
  const { children } = paragraph;
  let [from, to] = [0, children.length];
  while (from < to && isEmpty(children[from])) from += 1;
  while (to > from && isEmpty(children[to - 1])) to -= 1;
  if (from < to) return [{ ...paragraph, children: children.slice(from, to) }];
  return children.some(({ type, data }) => type === 'break' && data?.isRule === true)
    ? [{ type: 'thematicBreak' }]
    : [];
}
