import { useState } from 'react';
import { lazyOverlay } from '@/components/loading/lazy-overlay';
import { useClientState } from '@/lib/client/page/client-state';
import { useObservable } from '@/lib/client/browser/observable';

/** Its code, with the library of its dialog and list, is loaded when it is opened first. */
const Palette = lazyOverlay<{ readonly onClose: () => void }>(
  async () => (await import('./palette')).Palette,
);

/** Shows the palette once it was opened. */
export function PaletteLauncher() {
  const { palette } = useClientState();
  const open = useObservable(palette, false);
  const [wasOpen, setWasOpen] = useState(false);
  if (open && !wasOpen) setWasOpen(true);
  // It stays, so that it can give back the focus when it closes.
  return (
    wasOpen && (
      <Palette
        onClose={() => {
          palette.set(false);
          setWasOpen(false);
        }}
      />
    )
  );
}
