import type { Nodes, Parents, RootContent } from 'mdast';

const isParent = (node: Nodes): node is Parents => 'children' in node;

/** Replaces a node's children. The caller ensures that they are allowed there. */
function setChildren(parent: Parents, children: readonly RootContent[]): void {
  Object.assign(parent, { children });
}

/** Calls `change` with the children of each node, innermost nodes first. */
export function changeChildren(
  parent: Parents,
  change: (children: readonly RootContent[], parent: Parents) => readonly RootContent[],
): void {
  for (const child of parent.children) if (isParent(child)) changeChildren(child, change);
  setChildren(parent, change(parent.children, parent));
}
