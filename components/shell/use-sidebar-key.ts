import { useEffect } from 'react';
import { useClientState } from '@/lib/client/page/client-state';
import { isPressed } from '@/lib/client/shortcuts/shortcuts';
import { chooseLook } from '@/lib/client/page/use-look';

/** Ctrl or Cmd and B hide the sidebar, or show it again. */
export function useSidebarKey(): void {
  const state = useClientState();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isPressed('sidebar', event) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      const closed = document.documentElement.dataset['sidebar'] === 'closed';
      chooseLook(state, 'sidebar', closed ? 'open' : 'closed');
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [state]);
}
