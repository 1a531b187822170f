import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { holdPlace } from './hold-place';

/** Closer to the end than this counts as being there. */
const NEAR = 80;

/** How much of the window Page Up moves, as browsers do. */
const PAGE = 0.875;

/** Where a key that goes far up leads; null: the browser does what the key asks for. */
function placeOf(event: KeyboardEvent, { scrollTop, scrollHeight, clientHeight }: HTMLElement) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  if (event.key === 'Home') return -scrollHeight;
  return event.key === 'PageUp' ? scrollTop - PAGE * clientHeight : null;
}

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
      const top = event.target === element ? placeOf(event, element) : null;
      if (top === null) return;
      // At once: the browser would be on its way for some frames, and may never arrive while the text grows.
      event.preventDefault();
      element.scrollTo({ top, behavior: 'instant' });
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
