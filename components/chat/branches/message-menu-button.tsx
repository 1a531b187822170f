import { useRef, type ReactNode } from 'react';
import { MenuButton } from '@/components/ui/menus/menu-button';
import type { MenuProps } from '@/components/ui/menus/menu';

/** What the menu of a message gets from its button. */
export interface MessageMenuProps extends MenuProps {
  /** Returns the text that was selected in the message before the press, which clears the selection. */
  readonly selected: () => string;
}

interface Props {
  readonly label: string;
  readonly preload: () => void;
  readonly children: (menu: MessageMenuProps) => ReactNode;
}

export function MessageMenuButton({ label, preload, children }: Props) {
  const selected = useRef('');
  return (
    <MenuButton
      icon="more"
      label={label}
      preload={preload}
      onPress={(button) => {
        selected.current = selectedIn(button.closest('article'));
      }}
    >
      {(menu) => children({ ...menu, selected: () => selected.current })}
    </MenuButton>
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
