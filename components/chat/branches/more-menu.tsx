import { useEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { MenuList } from '@/components/ui/menus/menu-list';

interface Props {
  readonly label: string;
  /** Called with the selected text of the message, before the press clears the selection. */
  readonly onPress: (selected: string) => void;
  readonly children: () => ReactNode;
}

/** A menu that is drawn only while it is open: a transcript has one for each message. */
export function MoreMenu({ label, onPress, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        ref={button}
        icon="more"
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerDown={({ currentTarget }) => {
          onPress(selectedIn(currentTarget.closest('article')));
        }}
        onClick={() => {
          setOpen(true);
        }}
      />
      {open && (
        <OpenMenu
          label={label}
          button={button}
          onClose={() => {
            setOpen(false);
          }}
        >
          {children()}
        </OpenMenu>
      )}
    </>
  );
}

interface OpenProps {
  readonly label: string;
  readonly button: React.RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function OpenMenu({ label, button, onClose, children }: OpenProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.showPopover();
  }, []);
  return (
    <MenuList
      ref={list}
      label={label}
      button={button}
      onToggle={(opened) => {
        if (!opened) onClose();
      }}
    >
      {children}
    </MenuList>
  );
}

/** The selected text, if all of it is in this element. */
function selectedIn(element: Element | null): string {
  const selection = getSelection();
  const inside =
    element?.contains(selection?.anchorNode ?? null) &&
    element.contains(selection?.focusNode ?? null);
  return inside ? (selection?.toString() ?? '') : '';
}
