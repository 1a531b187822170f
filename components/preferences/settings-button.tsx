import { useState } from 'react';
import { useDrawer } from '@/components/ui/drawer';
import { Icon } from '@/components/ui/icon';
import { lazyComponent } from '@/components/ui/lazy-component';
import { texts } from '@/lib/texts/texts';

const Nothing = () => null;

const LazyPreferences = lazyComponent<{ readonly onClose: () => void }>({
  load: async () => (await import('./preferences-dialog')).PreferencesDialog,
  Until: Nothing,
  Without: Nothing,
});

export function SettingsButton() {
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
