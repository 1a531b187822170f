import { useEffect, useLayoutEffect, type RefObject } from 'react';
import { isHistoryNavigation } from './history-navigation';
import { reveal } from './reveal';
import { saveScrollPosition, readScrollPosition, type ScrollPosition } from './scroll-position';
import { tabStorage } from '@/lib/client/browser/safe-storage';

/** Layout settles within this many milliseconds after a page is shown, if all is drawn then. */
const SETTLING_MS = 3000;
const SETTLING_MAX_MS = 30_000;
const HANDS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Restores the scroll position of a session after Back, Forward or a reload. A session that is opened starts at its
 * end. Positions refer to elements by `data-key`.
 */
export function useScrollPosition(
  scroller: RefObject<HTMLElement | null>,
  sessionId: string | null,
) {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || sessionId === null) return;
    if (!isHistoryNavigation()) {
      saveScrollPosition(tabStorage, sessionId, null);
      return;
    }
    const place = readScrollPosition(tabStorage, sessionId);
    return place ? bringBack(element, place) : undefined;
  }, [scroller, sessionId]);

  useEffect(() => {
    const element = scroller.current;
    if (!element || sessionId === null) return;
    let frame = 0;
    const note = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        saveScrollPosition(tabStorage, sessionId, placeIn(element));
      });
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', note);
    };
  }, [scroller, sessionId]);
}

/** The first visible element; null at the end. */
function placeIn(scroller: HTMLElement): ScrollPosition | null {
  if (scroller.scrollTop > -1) return null;
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { key: element.dataset['key'] ?? '', top: top - edge };
  }
  return null;
}

/** Below the top edge, in pixels. */
const FOUND_TOP = 64;

/** Scrolls to the element with this key, marks it and gives it the focus. */
export function showElement(key: string): void {
  // Not at once: React draws what was left out only after the effects that may call this.
  queueMicrotask(() => {
    reveal(key);
    showDrawn(key);
  });
}

function showDrawn(key: string): void {
  const element = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  const scroller = element?.closest<HTMLElement>('.scroller');
  if (!element || !scroller) return;
  bringBack(scroller, { key, top: FOUND_TOP });
  for (const before of document.querySelectorAll('[data-found]'))
    before.removeAttribute('data-found');
  element.dataset['found'] = '';
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Repeats with each change of layout until it has settled, or the user acts: a slow machine draws for many seconds. */
function bringBack(scroller: HTMLElement, { key, top }: ScrollPosition): () => void {
  const aim = () => {
    const element = scroller.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!element) return;
    const now = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (Math.abs(now - top) >= 1) scroller.scrollTop += now - top;
  };
  const growth = new ResizeObserver(aim);
  const started = performance.now();
  const wait = () => {
    timer = setTimeout(() => {
      const isDrawn = scroller.querySelector('[data-pending]') === null;
      if (isDrawn || performance.now() - started >= SETTLING_MAX_MS) end();
      else wait();
    }, SETTLING_MS);
  };
  const end = () => {
    growth.disconnect();
    clearTimeout(timer);
    for (const hand of HANDS) window.removeEventListener(hand, end, true);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  for (const hand of HANDS) window.addEventListener(hand, end, { capture: true, passive: true });
  for (const each of scroller.firstElementChild?.children ?? []) growth.observe(each);
  aim();
  wait();
  return end;
}
