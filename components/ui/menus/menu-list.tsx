import type { KeyboardEvent, ReactNode, RefObject, ToggleEvent } from 'react';
import { placeBeside } from './place-beside';

interface Props {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly id?: string;
  readonly label: string;
  readonly button: RefObject<HTMLElement | null>;
  /** The item that gets the focus, as for `at`: 0 is the first, -1 the last. */
  readonly focused?: () => number;
  readonly onToggle?: (opened: boolean) => void;
  readonly children: ReactNode;
}

/** The items of a menu. The popover API closes it on Escape and on a click outside. */
export function MenuList({ ref, id, label, button, focused, onToggle, children }: Props) {
  const toggled = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    const opened = newState === 'open';
    onToggle?.(opened);
    if (!opened || !ref.current || !button.current) return;
    placeBeside(ref.current, button.current.getBoundingClientRect());
    itemsOf(ref.current)
      .at(focused?.() ?? 0)
      ?.focus();
  };
  return (
    // A click on any item closes the menu.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its items take the focus
    <div
      ref={ref}
      id={id}
      popover="auto"
      role="menu"
      aria-label={label}
      className="menu"
      onToggle={toggled}
      onKeyDown={moveFocus}
      onClick={() => ref.current?.hidePopover()}
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
