import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { holdPlace } from './hold-place';

/** Closer to the end than this counts as being there. */
const NEAR = 80;

/**
 * Whether the reader has left the end of a scroller that lies upside down (0 is the end, above it is negative).
 * At 0 the browser stays at the end by itself as the text grows, and above it holds the text in place, so that no
 * script works against a finger. Only what the reader sends from here brings the end back: `sending` is the turn that is
 * on its way.
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
    if (!element) return;
    const look = () => {
      setScrolledUp(element.scrollTop <= -NEAR);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Home' || event.target !== element) return;
      // At once: the browser would be on its way for some frames, and never arrive while the text grows.
      event.preventDefault();
      element.scrollTo({ top: -element.scrollHeight, behavior: 'instant' });
    };
    element.addEventListener('scroll', look, { passive: true });
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);

  useEffect(() => (scroller.current ? holdPlace(scroller.current) : undefined), [scroller]);

  const brought = useRef<string | null>(null);
  useLayoutEffect(() => {
    // Once for each: a turn may be sent again by itself long after.
    if (sending === null || sending === brought.current) return;
    brought.current = sending;
    toEnd();
  }, [toEnd, sending]);
  return { scrolledUp, toEnd };
}
