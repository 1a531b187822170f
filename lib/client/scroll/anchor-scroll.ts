/** How high the content of each scroller was when its place was last set right. */
const heights = new WeakMap<Element, number>();

/**
 * Scroll anchoring for browsers without it (Safari): keeps the visible text in place while text is added below, except
 * at the end. Returns a cleanup function.
 */
export function anchorScroll(scroller: HTMLElement): (() => void) | undefined {
  const content = scroller.firstElementChild;
  if (!content || CSS.supports('overflow-anchor', 'auto')) return undefined;
  heights.set(scroller, content.clientHeight);
  const growth = new ResizeObserver(() => {
    const added = content.clientHeight - (heights.get(scroller) ?? 0);
    heights.set(scroller, content.clientHeight);
    if (scroller.scrollTop < -1 && added > 0) scroller.scrollTop -= added;
  });
  growth.observe(content);
  return () => {
    growth.disconnect();
  };
}

/** Scrolls for a change that was just made, by so many pixels; where there is no scroll anchoring, instead of it. */
export function followChange(scroller: Element, moved: number): void {
  if (moved !== 0) scroller.scrollTop += moved;
  heights.set(scroller, scroller.firstElementChild?.clientHeight ?? 0);
}
