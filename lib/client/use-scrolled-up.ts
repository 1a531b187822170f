import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being there. */
const NEAR = 80;

/**
 * Whether the reader has left the end of a scroller that lies upside down (0 is the end, above it is negative).
 * A change of `lastWords`, which is something that the reader wrote, brings the end back.
 */
export function useScrolledUp(
  scroller: RefObject<HTMLElement | null>,
  lastWords: string | undefined,
): { scrolledUp: boolean; toEnd: () => void } {
  const [scrolledUp, setScrolledUp] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      setScrolledUp(element.scrollTop < -NEAR);
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);

  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [scroller, lastWords]);

  const toEnd = useCallback(() => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.current?.scrollTo({ top: 0, behavior: calm ? 'instant' : 'smooth' });
  }, [scroller]);
  return { scrolledUp, toEnd };
}
