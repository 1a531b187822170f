import { followChange } from '@/lib/client/scroll/anchor-scroll';

/** Makes a change that moves the layout, and scrolls so that the element keeps its place on the screen. */
export function keepPlace(element: Element, change: () => void): void {
  const scroller = element.closest('.scroller');
  const before = element.getBoundingClientRect().top;
  change();
  const moved = element.getBoundingClientRect().top - before;
  if (scroller) followChange(scroller, moved);
}
