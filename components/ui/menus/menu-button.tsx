import { useId, useState, type ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { IconName } from '@/components/ui/icon';
import { useLoadTexts } from '@/lib/texts/use-texts';
import type { MenuProps } from './menu';

interface Props {
  readonly icon: IconName;
  readonly label: string;
  /** Loads the code of the menu. */
  readonly preload?: () => void;
  /** Called before a press has any effect. */
  readonly onPress?: (button: HTMLButtonElement) => void;
  /** The menu, which is drawn only while it is open: lists have one in each row. */
  readonly children: (menu: MenuProps) => ReactNode;
}

export function MenuButton({ icon, label, preload, onPress, children }: Props) {
  const id = useId();
  const loadTexts = useLoadTexts();
  const [opened, setOpened] = useState<Pick<MenuProps, 'button' | 'fromEnd'> | null>(null);
  const prepare = () => {
    preload?.();
    void loadTexts();
  };
  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={opened !== null}
        // While the menu is open, the browser closes it by the next press.
        popoverTarget={opened ? id : undefined}
        onPointerEnter={prepare}
        onFocus={prepare}
        onPointerDown={({ currentTarget }) => {
          onPress?.(currentTarget);
        }}
        onClick={(event) => {
          if (opened) return;
          event.preventDefault();
          setOpened({ button: event.currentTarget, fromEnd: false });
        }}
        onKeyDown={(event) => {
          onPress?.(event.currentTarget);
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpened({ button: event.currentTarget, fromEnd: event.key === 'ArrowUp' });
        }}
      />
      {opened &&
        children({
          id,
          label,
          ...opened,
          onClose: () => {
            setOpened(null);
          },
        })}
    </>
  );
}
