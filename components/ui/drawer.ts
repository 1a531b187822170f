import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';

/** The sidebar on narrow screens. On wide ones it always shows, and this has no effect. */
export interface Drawer {
  readonly isOpen: () => boolean;
  /** Returns an unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly show: () => void;
  readonly hide: () => void;
  /** Focuses what had the focus when it opened. */
  readonly restoreFocus: () => void;
}

/** Always the same object: React re-renders components that are not hydrated yet when a context around them changes. */
export const DrawerContext = createContext<Drawer | null>(null);

export function useDrawer(): Drawer {
  const drawer = use(DrawerContext);
  if (!drawer) throw new Error('Used outside the app shell');
  return drawer;
}

export function useDrawerOpen(): boolean {
  const { subscribe, isOpen } = useDrawer();
  return useSyncExternalStore(subscribe, isOpen, () => false);
}

function openDrawer(): Drawer {
  const listeners = new Set<() => void>();
  let open = false;
  let opener: Element | null = null;
  const set = (next: boolean) => {
    open = next;
    for (const listener of listeners) listener();
  };
  return {
    isOpen: () => open,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show() {
      opener = document.activeElement;
      set(true);
    },
    hide() {
      set(false);
    },
    restoreFocus() {
      if (opener instanceof HTMLElement) opener.focus();
    },
  };
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
export function useDrawerState(): { drawer: Drawer; open: boolean } {
  const [drawer] = useState(openDrawer);
  const { hide, restoreFocus } = drawer;
  const open = useSyncExternalStore(drawer.subscribe, drawer.isOpen, () => false);

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
      restoreFocus();
    };
  }, [open, hide, restoreFocus]);

  return { drawer, open };
}
