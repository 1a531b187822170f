import { useEffect } from 'react';
import { useClientState, type ClientState } from '@/lib/client/page/client-state';
import { isPressed } from '@/lib/client/shortcuts/shortcuts';
import { chooseAppearance } from '@/lib/client/page/use-appearance';

/** Ctrl or Cmd and B hide the sidebar, or show it again. */
export function useSidebarKey(): void {
  const state = useClientState();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPressed('sidebar', event) || !isShown(state)) return;
      event.preventDefault();
      const hadFocus = document.activeElement?.closest('#sidebar') ?? null;
      const closed = document.documentElement.dataset['sidebar'] === 'closed';
      chooseAppearance(state, 'sidebar', closed ? 'open' : 'closed');
      if (hadFocus && !closed) document.querySelector<HTMLElement>('.sidebar-expand')?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [state]);
}

/** The sidebar is beside the page, not a drawer, and nothing lies over it. */
const isShown = ({ palette }: Pick<ClientState, 'palette'>): boolean =>
  window.matchMedia('(min-width: 821px)').matches &&
  !palette.get() &&
  document.querySelector('dialog[open]') === null;
