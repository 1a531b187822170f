interface Heights {
  readonly window: number;
  readonly content: number;
}

/** How high each scroller and its content were when its place was last set right. */
const heights = new WeakMap<Element, Heights>();

const heightsOf = (scroller: Element): Heights => ({
  window: scroller.clientHeight,
  content: scroller.firstElementChild?.clientHeight ?? 0,
});

/**
 * Scroll anchoring for browsers without it (Safari): keeps the visible text in place while text is added below, except
 * at the end. Returns a cleanup function.
 */
export function anchorScroll(scroller: HTMLElement): (() => void) | undefined {
  const content = scroller.firstElementChild;
  if (!content || CSS.supports('overflow-anchor', 'auto')) return undefined;
  heights.set(scroller, heightsOf(scroller));
  const growth = new ResizeObserver(() => {
    const now = heightsOf(scroller);
    const before = heights.get(scroller) ?? now;
    heights.set(scroller, now);
    // The room under the last question follows the height of the window, and the text then stays by itself.
    if (now.window !== before.window) return;
    const added = now.content - before.content;
    if (scroller.scrollTop < -1 && added > 0) scroller.scrollTop -= added;
  });
  growth.observe(content);
  growth.observe(scroller);
  return () => {
    growth.disconnect();
  };
}

/** Scrolls for a change that was just made, by so many pixels; where there is no scroll anchoring, instead of it. */
export function followChange(scroller: Element, moved: number): void {
  if (moved !== 0) scroller.scrollTop += moved;
  heights.set(scroller, heightsOf(scroller));
}
