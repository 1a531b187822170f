import { type RefObject, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Row, groupsOf, rowsOf } from './groups';
import { type LeftOut, gapIn, leftOutNow } from './left-out';
import { onReveal } from './reveal';

/** How many windows from the start earlier items are read. */
const READ_WITHIN = 1.5;

const NONE: LeftOut = new Map();

interface Earlier {
  readonly status: string;
  readonly read: () => Promise<void>;
}

interface Windowed<Item> {
  readonly rows: readonly Row<Item>[];
  /** In pixels. */
  readonly heightOf: (gap: { readonly from: number; readonly to: number }) => number;
  /** All is drawn for printing: at once, since the paper does not wait. */
  readonly onPaper: boolean;
}

/**
 * Leaves out the groups of items that are far from the window, so that a page has few elements however far one scrolls,
 * and reads earlier ones near the start. What has the focus, a selection or a running reply stays. Without scroll
 * anchoring (Safari) nothing is left out, since what comes back would move the text.
 */
export function useWindow<Item extends { readonly key: string }>(
  scroller: RefObject<HTMLElement | null>,
  items: readonly Item[],
  earlier: Earlier | null,
): Windowed<Item> {
  const [origin, setOrigin] = useState(items[0]?.key ?? null);
  const [{ leftOut, gap, onPaper }, setOut] = useState({ leftOut: NONE, gap: 0, onPaper: false });
  if (items.length > 0 && !items.some(({ key }) => key === origin)) {
    setOrigin(items[0]?.key ?? null);
    setOut({ leftOut: NONE, gap, onPaper });
  }
  const groups = useMemo(() => groupsOf(items, origin), [items, origin]);
  const rows = useMemo(() => rowsOf(groups, (index) => leftOut.has(index)), [groups, leftOut]);

  const change = (element: HTMLElement, next: LeftOut, forPaper = false) => {
    if (next === leftOut && forPaper === onPaper) return;
    flushSync(() => {
      setOut({ leftOut: next, gap: gapIn(element), onPaper: forPaper });
    });
  };
  useLookout(scroller, groups, {
    look(element) {
      if (CSS.supports('overflow-anchor', 'auto')) change(element, leftOutNow(element, leftOut));
      if (earlier?.status === 'idle' && isNearStart(element)) void earlier.read();
    },
    showAll(element) {
      change(element, NONE, true);
    },
    show(element, key) {
      const group = groups.find((each) => each.items.some((item) => item.key === key));
      if (!group || !leftOut.has(group.index)) return;
      change(element, new Map([...leftOut].filter(([index]) => index !== group.index)));
    },
  });

  const heightOf = ({ from, to }: { readonly from: number; readonly to: number }) => {
    let height = (to - from) * gap;
    for (let index = from; index <= to; index += 1) height += leftOut.get(index) ?? 0;
    return height;
  };
  return { rows, heightOf, onPaper };
}

interface Acts {
  readonly look: (scroller: HTMLElement) => void;
  readonly showAll: (scroller: HTMLElement) => void;
  readonly show: (scroller: HTMLElement, key: string) => void;
}

/** Looks once per frame while the scroller moves, and when its groups change; paper gets all. */
function useLookout(scroller: RefObject<HTMLElement | null>, groups: unknown, acts: Acts): void {
  const look = useEffectEvent(acts.look);
  const showAll = useEffectEvent(acts.showAll);
  const show = useEffectEvent(acts.show);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let frame = 0;
    const onScroll = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        look(element);
      });
    };
    const onPrint = () => {
      showAll(element);
    };
    const off = onReveal(element, (key) => {
      show(element, key);
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('beforeprint', onPrint);
    return () => {
      off();
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', onScroll);
      window.removeEventListener('beforeprint', onPrint);
    };
  }, [scroller]);

  // The first ones are drawn as the server sent them; what was read since may be far away.
  const first = useRef(groups);
  useEffect(() => {
    const element = scroller.current;
    if (groups === first.current || !element) return undefined;
    const frame = requestAnimationFrame(() => {
      look(element);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [groups, scroller]);
}

function isNearStart(scroller: HTMLElement): boolean {
  const above = scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop;
  return above < READ_WITHIN * scroller.clientHeight;
}
