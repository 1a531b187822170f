/**
 * A page translator moves React's text into <font> elements. React would throw at a node that is not where it put it,
 * and lose the page. With this patch such a node counts as removed, and a node inserted before it is appended. See
 * https://github.com/facebook/react/issues/11538. Returns a function that undoes the patch.
 */
export function tolerateForeignNodes(): () => void {
  const { prototype } = Node;
  const { removeChild, insertBefore } = prototype;
  prototype.removeChild = function remove<Child extends Node>(this: Node, child: Child): Child {
    return child.parentNode === this ? (removeChild.call(this, child) as Child) : child;
  };
  prototype.insertBefore = function insert<Child extends Node>(
    this: Node,
    child: Child,
    before: Node | null,
  ): Child {
    const place = before?.parentNode === this ? before : null;
    return insertBefore.call(this, child, place) as Child;
  };
  return () => {
    Object.assign(prototype, { removeChild, insertBefore });
  };
}

/** True when a page translator changed this element; its text is as old as the translation. */
export const isTranslated = (element: Element | null): boolean =>
  element?.querySelector('font') != null;
