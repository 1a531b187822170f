import { useLayoutEffect, useRef, type RefObject } from 'react';

const SLIDE = { duration: 160, easing: 'ease-out' };

/** Lets the composer slide from the middle of the page to its end when the first message is sent. */
export function useSlide(element: RefObject<HTMLElement | null>, begins: boolean): void {
  const middle = useRef<number | null>(null);
  // At each render, because typing moves it.
  useLayoutEffect(() => {
    if (!element.current) return;
    const { top } = element.current.getBoundingClientRect();
    const from = middle.current;
    middle.current = begins ? top : null;
    if (begins || from === null || window.matchMedia('(prefers-reduced-motion: reduce)').matches)
      return;
    element.current.animate(
      [{ transform: `translateY(${String(from - top)}px)` }, { transform: 'none' }],
      SLIDE,
    );
  });
}
