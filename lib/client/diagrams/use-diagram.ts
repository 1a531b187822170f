import { type RefObject, useEffect, useState } from 'react';
import { useIsDark } from '@/lib/client/browser/use-is-dark';
import { type Drawn, drawDiagram } from './draw-diagram';
import { useTexts } from '@/lib/texts/use-texts';

/** How far outside the visible part a diagram is drawn. */
const NEAR = '600px';

/** The source drawn in the colours of the page, once its place comes near; null until then, and for no source. */
export function useDiagram(source: string | null, place: RefObject<Element | null>): Drawn | null {
  const dark = useIsDark();
  const { name } = useTexts().markdown.diagram;
  const isNear = useIsNear(place);
  const [drawn, setDrawn] = useState<{ readonly of: string | null; readonly it: Drawn } | null>(
    null,
  );
  useEffect(() => {
    if (source === null || !isNear) return undefined;
    let isWanted = true;
    void drawDiagram(source, dark, name).then((it) => {
      if (isWanted) setDrawn({ of: source, it });
    });
    return () => {
      isWanted = false;
    };
  }, [source, dark, name, isNear]);
  // The old picture stays until that of the new theme is drawn.
  return drawn?.of === source ? drawn.it : null;
}

function useIsNear(place: RefObject<Element | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (isNear || !element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      // The scroller is the root, because it clips any margin around the window.
      { root: element.closest('.scroller'), rootMargin: NEAR },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [isNear, place]);
  return isNear;
}
