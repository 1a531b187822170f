import type { Root as HtmlRoot } from 'hast';
import type { Root } from 'mdast';

/** Blank lines between items make a list loose, including its items in other blocks. */
export function loosen({ loose }: { readonly loose: boolean }) {
  return (tree: Root) => {
    if (!loose) return;
    for (const node of tree.children) if (node.type === 'list') node.spread = true;
  };
}

/** Unwraps the items of a list whose element already surrounds the block. */
export function unwrapList() {
  return (tree: HtmlRoot) => {
    tree.children = tree.children.flatMap((node) =>
      node.type === 'element' && (node.tagName === 'ul' || node.tagName === 'ol')
        ? node.children
        : [node],
    );
  };
}
