import { normalLabel } from '@/lib/markdown/text/mentions';
import type { Nodes, Parents, Root, RootContent } from 'mdast';

/** What a block must know about its footnotes, by normalised label. `first`: no earlier block refers to it. */
export type FootnoteNumbers = Readonly<
  Record<string, { readonly number: number; readonly first: boolean; readonly defined: boolean }>
>;

/**
 * Turns footnote references into numbered marks and removes definitions, which are shown at the end of the text. The
 * parser would number each block separately and repeat ids.
 */
export function numberFootnotes({ numbers }: { readonly numbers: FootnoteNumbers }) {
  const seen = new Set<number>();
  const replace = (node: RootContent): RootContent[] => {
    if (node.type === 'footnoteDefinition') return [];
    if (node.type === 'footnoteReference') return [mark(node.label ?? node.identifier)];
    if ('children' in node) walk(node);
    return [node];
  };
  const mark = (label: string): RootContent => {
    const key = normalLabel(label);
    const note = Object.hasOwn(numbers, key) ? numbers[key] : undefined;
    if (!note) return { type: 'text', value: `[^${label}]` };
    const first = note.first && !seen.has(note.number);
    seen.add(note.number);
    const hProperties = {
      dataNote: String(note.number),
      dataFirst: first,
      dataDefined: note.defined,
    };
    return { type: 'emphasis', data: { hName: 'sup', hProperties }, children: [] };
  };
  const walk = (parent: Parents): void => {
    const children = (parent.children as RootContent[]).flatMap(replace);
    Object.assign(parent, { children });
  };
  return (tree: Nodes) => {
    walk(tree as Root);
  };
}
