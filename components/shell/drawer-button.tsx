import { IconButton } from '@/components/ui/icon-button';
import { useDrawer, useDrawerOpen } from '@/components/ui/drawer';
import { useClientState } from '@/lib/client/page/client-state';
import { chooseAppearance } from '@/lib/client/page/use-appearance';
import { useTexts } from '@/lib/texts/use-texts';

/** Opens the list of sessions: on narrow screens as a drawer, on wide ones where it was hidden. */
export function DrawerButton() {
  const texts = useTexts();
  const drawer = useDrawer();
  const open = useDrawerOpen();
  const state = useClientState();
  return (
    <>
      <IconButton
        icon="menu"
        label={texts.sessions.sessions}
        className="drawer-open"
        aria-controls="sidebar"
        aria-expanded={open}
        onClick={drawer.show}
      />
      <IconButton
        icon="sidebar"
        label={texts.shell.showSidebar}
        className="sidebar-expand"
        aria-keyshortcuts="Control+B Meta+B"
        onClick={({ detail }) => {
          chooseAppearance(state, 'sidebar', 'open');
          if (detail === 0) document.querySelector<HTMLElement>('.sidebar-collapse')?.focus();
        }}
      />
    </>
  );
}
