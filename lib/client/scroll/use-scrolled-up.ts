import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { anchorScroll } from './anchor-scroll';

/** Closer to the end than this many pixels counts as the end. */
const NEAR = 80;

/** Below a short reply there may be empty room: scrolling away from it hides no text. */
function isEndInSight(scroller: HTMLElement): boolean {
  const last = scroller.firstElementChild?.lastElementChild?.lastElementChild;
  const end = last?.getBoundingClientRect().bottom ?? Infinity;
  return end <= scroller.getBoundingClientRect().bottom;
}

/** The fraction of the window that Page Up scrolls in browsers. */
const PAGE = 0.875;
/** The pixels that an arrow key scrolls in browsers. */
const LINE = 40;

/** The target of a key that scrolls up; null: leave the key to the browser. */
function placeOf(event: KeyboardEvent, { scrollTop, scrollHeight, clientHeight }: HTMLElement) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return null;
  if (event.key === 'Home') return -scrollHeight;
  if (event.key === 'ArrowUp') return scrollTop - LINE;
  return event.key === 'PageUp' ? scrollTop - PAGE * clientHeight : null;
}

/**
 * Whether the reader has scrolled away from the end of a reversed scroller (0 is the end, above is negative). At 0 the
 * browser follows growing text, above it keeps its place, so that no script fights the user's scrolling. Only sending
 * from here scrolls to the end: `sending` is the turn being sent.
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
      setScrolledUp(element.scrollTop <= -NEAR && !isEndInSight(element));
    };
    const onKey = (event: KeyboardEvent) => {
      const top = event.target === element ? placeOf(event, element) : null;
      if (top === null) return;
      // Jump at once: smooth scrolling takes frames and may never arrive while the text grows.
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

  useEffect(() => (scroller.current ? anchorScroll(scroller.current) : undefined), [scroller]);

  const brought = useRef<string | null>(null);
  useLayoutEffect(() => {
    // Once per turn: it may be resent much later.
    if (sending === null || sending === brought.current) return;
    brought.current = sending;
    toEnd();
  }, [toEnd, sending]);
  return { scrolledUp, toEnd };
}
