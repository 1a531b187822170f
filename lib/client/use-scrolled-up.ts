import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being there. */
const NEAR = 80;

/**
 * Whether the reader has left the end of a scroller that lies upside down (0 is the end, above it is negative).
 * Whoever is at the end stays there as it grows; whoever is not stays where they read, whoever else writes. Only what
 * the reader sends from here brings the end back: `sending` is the turn that is on its way.
 */
export function useScrolledUp(
  scroller: RefObject<HTMLElement | null>,
  sending: string | null,
): { scrolledUp: boolean; toEnd: () => void } {
  const [scrolledUp, setScrolledUp] = useState(false);

  const toEnd = useCallback(() => {
    scroller.current?.scrollTo({ top: 0, behavior: 'instant' });
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    let atEnd = true;
    const look = () => {
      atEnd = element.scrollTop > -NEAR;
      setScrolledUp(!atEnd);
    };
    // At exactly 0 the browser stays by itself; a little above it would hold the text in place instead.
    const growth = new ResizeObserver(() => {
      if (atEnd) toEnd();
    });
    growth.observe(content);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      growth.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, toEnd]);

  const brought = useRef<string | null>(null);
  useLayoutEffect(() => {
    // Once for each: a turn may be sent again by itself long after.
    if (sending === null || sending === brought.current) return;
    brought.current = sending;
    toEnd();
  }, [toEnd, sending]);
  return { scrolledUp, toEnd };
}
