/** The height of each group that is left out, in pixels, by its id. */
export type LeftOut = ReadonlyMap<number, number>;

/** How many windows away from what is seen groups are drawn, and are left out. Apart, so that none comes and goes. */
const DRAWN_WITHIN = 1.25;
const LEFT_OUT_BEYOND = 2;

/** Between two groups, in pixels. */
export const gapIn = (scroller: HTMLElement): number =>
  Number.parseFloat(getComputedStyle(scroller.firstElementChild ?? scroller).rowGap) || 0;

/** What to leave out at this place of the scroller; the same map where nothing changes. */
export function leftOutNow(scroller: HTMLElement, before: LeftOut): LeftOut {
  const view = scroller.getBoundingClientRect();
  const next = new Map([...before, ...farGroups(scroller, view)]);
  for (const id of nearGroups(scroller, view, before)) next.delete(id);
  const isSame = next.size === before.size && [...next.keys()].every((id) => before.has(id));
  return isSame ? before : next;
}

function isWithin(view: DOMRect, top: number, bottom: number, windows: number): boolean {
  const room = windows * view.height;
  return bottom > view.top - room && top < view.bottom + room;
}

/** Drawn groups that are far away, with their heights. */
function farGroups(scroller: HTMLElement, view: DOMRect): (readonly [number, number])[] {
  return [...scroller.querySelectorAll<HTMLElement>('[data-group]')].flatMap((element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    const stays = isWithin(view, top, bottom, LEFT_OUT_BEYOND) || isInUse(element);
    return stays ? [] : [[Number(element.dataset['group']), height] as const];
  });
}

/** Groups that are left out and came near. */
function nearGroups(scroller: HTMLElement, view: DOMRect, leftOut: LeftOut): number[] {
  const near: number[] = [];
  const gap = gapIn(scroller);
  for (const element of scroller.querySelectorAll<HTMLElement>('[data-gap]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (!isWithin(view, top, bottom, DRAWN_WITHIN)) continue;
    let at = top;
    for (const id of (element.dataset['gap'] ?? '').split(' ').map(Number)) {
      const height = leftOut.get(id) ?? 0;
      if (isWithin(view, at, at + height, DRAWN_WITHIN)) near.push(id);
      at += height + gap;
    }
  }
  return near;
}

/** What has the focus, a selection, a running reply, an editor, or something open. */
function isInUse(element: HTMLElement): boolean {
  const selection = getSelection();
  return (
    element.contains(document.activeElement) ||
    element.querySelector('[aria-busy="true"], .message-editor, dialog[open], :popover-open') !==
      null ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(element, true))
  );
}
