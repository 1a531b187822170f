import { useId, useRef, type KeyboardEvent, type ReactNode, type ToggleEvent } from 'react';
import { IconButton } from './icon-button';
import type { IconName } from './icon';

interface Props {
  readonly icon: IconName;
  readonly label: string;
  readonly children: ReactNode;
}

/** A menu button. The popover API closes the menu on Escape and on a click outside. */
export function Menu({ icon, label, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  /** Opened with Arrow Up, so the last item gets the focus. */
  const fromEnd = useRef(false);

  const onToggle = ({ newState }: ToggleEvent<HTMLDivElement>) => {
    const opened = newState === 'open';
    button.current?.setAttribute('aria-expanded', String(opened));
    if (!opened || !list.current || !button.current) return;
    placeBelow(list.current, button.current.getBoundingClientRect());
    itemsOf(list.current)
      .at(fromEnd.current ? -1 : 0)
      ?.focus();
    fromEnd.current = false;
  };

  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded="false"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          fromEnd.current = event.key === 'ArrowUp';
          list.current?.showPopover();
        }}
      />
      {/* A click on any item closes the menu. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its items take the focus */}
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className="menu"
        onToggle={onToggle}
        onKeyDown={moveFocus}
        onClick={() => list.current?.hidePopover()}
      >
        {children}
      </div>
    </>
  );
}

const MARGIN = 8;

/** Below the button, or above it for lack of room, and always inside the window. */
function placeBelow(list: HTMLElement, button: DOMRect): void {
  const { offsetHeight: height, offsetWidth: width } = list;
  const below = button.bottom + 4;
  const top = below + height > window.innerHeight - MARGIN ? button.top - height - 4 : below;
  const left = Math.min(button.left, window.innerWidth - width - MARGIN);
  list.style.top = `${String(Math.max(MARGIN, top))}px`;
  list.style.left = `${String(Math.max(MARGIN, left))}px`;
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
