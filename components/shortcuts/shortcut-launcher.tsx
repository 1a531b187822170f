import { lazyComponent } from '@/components/ui/lazy-component';
import { useObservable } from '@/lib/client/browser/observable';
import { useClientState } from '@/lib/client/page/client-state';
import { useShortcuts } from './use-shortcuts';

const nothing = () => null;

const ShortcutSheet = lazyComponent<{ readonly onClose: () => void }>({
  load: async () => (await import('./shortcut-sheet')).ShortcutSheet,
  Until: nothing,
  Without: nothing,
});

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
