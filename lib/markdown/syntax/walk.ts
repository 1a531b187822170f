import type { Nodes, Parents, RootContent } from 'mdast';

const isParent = (node: Nodes): node is Parents => 'children' in node;

/** Puts other children in place of those of a node. Which nodes may stand in which is the caller's to know. */
function setChildren(parent: Parents, children: readonly RootContent[]): void {
  Object.assign(parent, { children });
}

/** Gives the children of each node to `change`, those of inner nodes first. */
export function changeChildren(
  parent: Parents,
  change: (children: readonly RootContent[], parent: Parents) => readonly RootContent[],
): void {
  for (const child of parent.children) if (isParent(child)) changeChildren(child, change);
  setChildren(parent, change(parent.children, parent));
}
