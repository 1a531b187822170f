import { followChange } from '@/lib/client/scroll/anchor-scroll';

/** Makes a change that moves what is on the page, and scrolls so that the element stays where the reader sees it. */
export function keepPlace(element: Element, change: () => void): void {
  const scroller = element.closest('.scroller');
  const before = element.getBoundingClientRect().top;
  change();
  const moved = element.getBoundingClientRect().top - before;
  if (scroller) followChange(scroller, moved);
}
