import { useState } from 'react';
import { useDrawer } from '@/components/ui/drawer';
import { Icon } from '@/components/ui/icon';
import { lazyOverlay } from '@/components/loading/lazy-overlay';
import { useTexts } from '@/lib/texts/use-texts';

const LazyPreferences = lazyOverlay<{ readonly onClose: () => void }>(
  async () => (await import('./preferences-dialog')).PreferencesDialog,
);

export function SettingsButton() {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  const drawer = useDrawer();
  return (
    <>
      <button
        type="button"
        className="quiet-button settings-button"
        aria-haspopup="dialog"
        onPointerEnter={LazyPreferences.preload}
        onClick={() => {
          drawer.hide();
          setOpen(true);
        }}
      >
        <Icon name="gear" />
        {texts.shell.settings}
      </button>
      {open && (
        <LazyPreferences
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
