/**
 * A page translator puts <font> elements where React put text. React would then stop at a node that is no longer where it
 * left it, and take the whole page along; here such a node counts as removed already, and one that is put before it goes
 * to the end. See https://github.com/facebook/react/issues/11538. Returns how to end it.
 */
export function bearForeignNodes(): () => void {
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

/** What a page translator leaves behind; the text in it is of the time when it was translated. */
export const isTranslated = (element: Element | null): boolean =>
  element?.querySelector('font') != null;
