import { type RefObject, useLayoutEffect } from 'react';

/**
 * Keeps the height of a scroller in its `--room`, as a length. Container units would say it without a script, but Chrome
 * takes them for a change of style at each layout, and then does not anchor the text that is read while a reply grows.
 */
export function useRoom(scroller: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      element.style.setProperty('--room', `${String(element.getBoundingClientRect().height)}px`);
    };
    // Called after layout and before anything is painted.
    const size = new ResizeObserver(measure);
    size.observe(element);
    measure();
    return () => {
      size.disconnect();
    };
  }, [scroller]);
}
