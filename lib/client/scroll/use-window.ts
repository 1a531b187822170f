import { type RefObject, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Row, groupsOf, noGroups, rowsOf } from './groups';
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
  readonly heightOf: (leftOut: readonly number[]) => number;
  /** All is drawn for printing: at once, since the paper does not wait. */
  readonly onPaper: boolean;
}

/**
 * Leaves out the groups of items that are far from the window, so that a page has few elements however far one scrolls,
 * and reads earlier ones near the start. What has the focus, a selection or a running reply stays. Without scroll
 * anchoring (Safari) nothing is left out, since what comes back would move the text. An item that `opens` a group is the
 * first of it.
 */
export function useWindow<Item extends { readonly key: string }>(
  scroller: RefObject<HTMLElement | null>,
  items: readonly Item[],
  earlier: Earlier | null,
  opens: (item: Item) => boolean,
): Windowed<Item> {
  const [groups, setGroups] = useState(() => groupsOf(items, noGroups, opens));
  const [{ leftOut, gap, onPaper }, setOut] = useState({ leftOut: NONE, gap: 0, onPaper: false });
  if (groups.items !== items) setGroups(groupsOf(items, groups, opens));
  const { list } = groups;
  const rows = useMemo(() => rowsOf(list, (id) => leftOut.has(id)), [list, leftOut]);

  const change = (element: HTMLElement, next: LeftOut, forPaper = false) => {
    if (next === leftOut && forPaper === onPaper) return;
    flushSync(() => {
      setOut({ leftOut: next, gap: gapIn(element), onPaper: forPaper });
    });
  };
  useLookout(scroller, list, {
    look(element) {
      if (CSS.supports('overflow-anchor', 'auto')) change(element, leftOutNow(element, leftOut));
      if (earlier?.status === 'idle' && isNearStart(element)) void earlier.read();
    },
    showAll(element) {
      change(element, NONE, true);
    },
    show(element, key) {
      const group = list.find((each) => each.items.some((item) => item.key === key));
      if (!group || !leftOut.has(group.id)) return;
      change(element, new Map([...leftOut].filter(([id]) => id !== group.id)));
    },
  });

  const heightOf = (ids: readonly number[]) =>
    ids.reduce((height, id) => height + (leftOut.get(id) ?? 0), (ids.length - 1) * gap);
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
