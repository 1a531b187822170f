import { useEffect, useState } from 'react';
import { lazyComponent } from '@/components/ui/lazy-component';
import { useClientState } from '@/lib/client/page/client-state';
import { useObservable } from '@/lib/client/browser/observable';

const nothing = () => null;

/** Its code, with the library of its dialog and list, is loaded when it is opened first. */
const Palette = lazyComponent<object>({
  load: async () => (await import('./palette')).Palette,
  Until: nothing,
  Without: nothing,
});

/** Opens the palette with Ctrl or Cmd and K. */
export function PaletteLauncher() {
  const { palette } = useClientState();
  const open = useObservable(palette, false);
  const [wasOpen, setWasOpen] = useState(false);
  if (open && !wasOpen) setWasOpen(true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isShortcut(event) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      palette.set(!palette.get());
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [palette]);
  // It stays, so that it can give back the focus when it closes.
  return wasOpen && <Palette />;
}

const isShortcut = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && ctrlKey !== metaKey && !shiftKey && !altKey;
