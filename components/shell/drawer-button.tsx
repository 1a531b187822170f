import { IconButton } from '@/components/ui/icon-button';
import { useDrawer, useDrawerOpen } from '@/components/ui/drawer';
import { texts } from '@/lib/texts/texts';

/** Opens the list of sessions on narrow screens. */
export function DrawerButton() {
  const drawer = useDrawer();
  const open = useDrawerOpen();
  return (
    <IconButton
      icon="menu"
      label={texts.sessions.sessions}
      className="drawer-open"
      aria-controls="sidebar"
      aria-expanded={open}
      onClick={drawer.show}
    />
  );
}
