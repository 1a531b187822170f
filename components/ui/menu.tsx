import { useId, useRef, type ReactNode } from 'react';
import { IconButton } from './icon-button';
import type { IconName } from './icon';
import { MenuList } from './menus/menu-list';

interface Props {
  readonly icon: IconName;
  readonly label: string;
  readonly children: ReactNode;
}

/** A menu button. */
export function Menu({ icon, label, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  /** Opened with Arrow Up, so the last item gets the focus. */
  const fromEnd = useRef(false);
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
      <MenuList
        ref={list}
        id={id}
        label={label}
        button={button}
        focused={() => {
          const place = fromEnd.current ? -1 : 0;
          fromEnd.current = false;
          return place;
        }}
        onToggle={(opened) => button.current?.setAttribute('aria-expanded', String(opened))}
      >
        {children}
      </MenuList>
    </>
  );
}
