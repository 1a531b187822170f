/**
 * Keeps what is read where it is while text is added below it, in browsers that do not do so by themselves (Safari). Not
 * at the end, which is followed. Returns how to end it.
 */
export function holdPlace(scroller: HTMLElement): (() => void) | undefined {
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
