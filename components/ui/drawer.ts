import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** The sidebar on narrow screens. On wide ones it always shows, and this has no effect. */
export interface Drawer {
  readonly open: boolean;
  readonly show: () => void;
  readonly hide: () => void;
}

export const DrawerContext = createContext<Drawer | null>(null);

export function useDrawer(): Drawer {
  const drawer = use(DrawerContext);
  if (!drawer) throw new Error('Used outside the app shell');
  return drawer;
}

const WIDE = '(min-width: 821px)';

/** Android's Back button closes the drawer before it leaves the page, where the browser supports CloseWatcher. */
function watchBack(hide: () => void): Watcher | null {
  // Not in TypeScript's DOM types yet.
  const { CloseWatcher } = window as { CloseWatcher?: new () => Watcher };
  if (!CloseWatcher) return null;
  const watcher = new CloseWatcher();
  watcher.addEventListener('close', hide);
  return watcher;
}

interface Watcher extends EventTarget {
  destroy(): void;
}

/** Closes on Escape and when the window becomes wide, then restores the focus. */
export function useDrawerState(): Drawer {
  const [open, setOpen] = useState(false);
  const opener = useRef<Element | null>(null);
  const show = useCallback(() => {
    opener.current = document.activeElement;
    setOpen(true);
  }, []);
  const hide = useCallback(() => {
    setOpen(false);
  }, []);

  useEffect(() => {
    if (!open) return;
    const wide = window.matchMedia(WIDE);
    const onKey = ({ key, target }: KeyboardEvent) => {
      // An open menu, a dialog and a rename form handle Escape themselves.
      const taken =
        document.querySelector(':popover-open, dialog[open]') ?? target instanceof HTMLInputElement;
      if (key === 'Escape' && !taken) hide();
    };
    document.addEventListener('keydown', onKey);
    const closeWatcher = watchBack(hide);
    wide.addEventListener('change', hide);
    return () => {
      document.removeEventListener('keydown', onKey);
      closeWatcher?.destroy();
      wide.removeEventListener('change', hide);
      if (opener.current instanceof HTMLElement) opener.current.focus();
    };
  }, [open, hide]);

  return useMemo(() => ({ open, show, hide }), [open, show, hide]);
}
