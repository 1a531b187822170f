import { lazyOverlay } from '@/components/loading/lazy-overlay';
import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import { useShortcuts } from './use-shortcuts';

const ShortcutSheet = lazyOverlay<{ readonly onClose: () => void }>(
  async () => (await import('./shortcut-sheet')).ShortcutSheet,
);

/** Listens for the shortcuts of the whole page, one of which opens the list of them. */
export function ShortcutLauncher() {
  const { shortcuts } = useClientState();
  const open = useObservable(shortcuts, false);
  useShortcuts();
  return (
    open && (
      <ShortcutSheet
        onClose={() => {
          shortcuts.set(false);
        }}
      />
    )
  );
}
