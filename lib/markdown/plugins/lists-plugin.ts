import type { Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';

/** Blank lines between any two items make paragraphs of all of them, also of those in other blocks. */
export function loosen({ loose }: { readonly loose: boolean }) {
  return (tree: Root) => {
    if (!loose) return;
    for (const node of tree.children) if (node.type === 'list') node.spread = true;
  };
}

/** Leaves the items of a list whose element stands around the block already. */
export function unwrapList() {
  return (tree: HtmlRoot) => {
    tree.children = tree.children.flatMap((node) =>
      node.type === 'element' && (node.tagName === 'ul' || node.tagName === 'ol')
        ? node.children
        : [node],
    );
  };
}
