/**
 * Scroll anchoring for browsers without it (Safari): keeps the visible text in place while text is added below, except
 * at the end. Returns a cleanup function.
 */
export function anchorScroll(scroller: HTMLElement): (() => void) | undefined {
  const content = scroller.firstElementChild;
  if (!content || CSS.supports('overflow-anchor', 'auto')) return undefined;
  let height = content.clientHeight;
  const growth = new ResizeObserver(() => {
    const added = content.clientHeight - height;
    height = content.clientHeight;
    if (scroller.scrollTop < -1 && added > 0) scroller.scrollTop -= added;
  });
  growth.observe(content);
  return () => {
    growth.disconnect();
  };
}
