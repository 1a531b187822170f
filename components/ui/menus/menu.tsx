import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { placeBeside } from './place-beside';

/** What a menu gets from its button. */
export interface MenuProps {
  readonly id: string;
  readonly label: string;
  readonly button: HTMLElement;
  /** The last item gets the focus, not the first. */
  readonly fromEnd: boolean;
  readonly onClose: () => void;
}

/** An open menu. The popover API closes it on Escape and on a click outside. */
export function Menu(props: MenuProps & { readonly children: ReactNode }) {
  const { id, label, button, fromEnd, onClose, children } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!list.current) return;
    list.current.showPopover();
    placeBeside(list.current, button.getBoundingClientRect());
    itemsOf(list.current)
      .at(fromEnd ? -1 : 0)
      ?.focus();
  }, [button, fromEnd]);
  return (
    // A click on any item closes the menu.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its items take the focus
    <div
      ref={list}
      id={id}
      popover="auto"
      role="menu"
      aria-label={label}
      className="menu"
      onToggle={({ newState }) => {
        if (newState === 'closed') onClose();
      }}
      onKeyDown={moveFocus}
      onClick={() => list.current?.hidePopover()}
    >
      {children}
    </div>
  );
}

const itemsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>('[role=menuitem]')];

/** Type-ahead: the next item after `at` that starts with a letter. */
function startingWith(letter: string, items: HTMLElement[], at: number): number | undefined {
  if (letter.length !== 1 || letter === ' ') return undefined;
  const order = items.map((_, step) => (at + 1 + step) % items.length);
  return order.find((index) =>
    items[index]?.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()),
  );
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key === 'Tab') {
    // The focus returns to the button first, and Tab moves on from there.
    event.currentTarget.hidePopover();
    return;
  }
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const targets: Record<string, number> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key] ?? startingWith(event.key, items, at);
  if (target === undefined) return;
  event.preventDefault();
  items[target]?.focus();
}
