import { useLayoutEffect, type RefObject } from 'react';

/** Makes a field as high as its text where the style sheet's `field-sizing` is not understood. */
export function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    element.style.height = `${String(element.scrollHeight)}px`;
  }, [field, text]);
}
