import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { cameBack } from './came-back';
import { keepPlace, readPlace, type Place } from './kept-place';
import { tabStorage } from '@/lib/client/browser/safe-storage';

/** What is drawn, and with it the heights, settles within this time after a page is shown. */
const SETTLING_MS = 3000;
const HANDS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Comes back to where a session was being read, by Back, Forward or a reload; a session that is opened begins at its
 * end. What has the key of a place is an element with that `data-key`.
 */
export function useKeptPlace(scroller: RefObject<HTMLElement | null>, sessionId: string | null) {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || sessionId === null) return;
    if (!cameBack()) {
      keepPlace(tabStorage, sessionId, null);
      return;
    }
    const place = readPlace(tabStorage, sessionId);
    return place ? bringBack(element, place) : undefined;
  }, [scroller, sessionId]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || sessionId === null) return;
    let frame = 0;
    const note = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        keepPlace(tabStorage, sessionId, placeIn(element));
      });
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', note);
    };
  }, [scroller, sessionId]);
}

/** The first element in sight; null at the end. */
function placeIn(scroller: HTMLElement): Place | null {
  if (scroller.scrollTop > -1) return null;
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { key: element.dataset['key'] ?? '', top: top - edge };
  }
  return null;
}

/** Again with each change of the heights, until a hand takes over. */
function bringBack(scroller: HTMLElement, { key, top }: Place): () => void {
  const aim = () => {
    const element = scroller.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!element) return;
    const now = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (Math.abs(now - top) >= 1) scroller.scrollTop += now - top;
  };
  const growth = new ResizeObserver(aim);
  const end = () => {
    growth.disconnect();
    clearTimeout(timer);
    for (const hand of HANDS) window.removeEventListener(hand, end, true);
  };
  const timer = setTimeout(end, SETTLING_MS);
  for (const hand of HANDS) window.addEventListener(hand, end, { capture: true, passive: true });
  for (const each of scroller.firstElementChild?.children ?? []) growth.observe(each);
  aim();
  return end;
}
