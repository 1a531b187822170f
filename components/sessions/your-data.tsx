import { useState } from 'react';
import { LazyImport } from '@/components/imports/lazy-import';
import { LazyKeys } from '@/components/keys/lazy-keys';
import { lazyOverlay } from '@/components/loading/lazy-overlay';
import { LazyAbout } from '@/components/memory/lazy-about';
import { MenuButton } from '@/components/ui/menus/menu-button';
import { useTexts } from '@/lib/texts/use-texts';
import { LazyDeletion } from './lazy-deletion';
import type { YourDataDialog, YourDataMenuProps } from './your-data-menu';

const LazyMenu = lazyOverlay<YourDataMenuProps>(
  async () => (await import('./your-data-menu')).YourDataMenu,
);

/** The actions on all of the user's data. `hasKeys`: the user may have API keys. */
export function YourData({ hasKeys }: { hasKeys: boolean }) {
  const texts = useTexts();
  const [open, setOpen] = useState<YourDataDialog | null>(null);
  const close = () => {
    setOpen(null);
  };
  return (
    <>
      <MenuButton icon="more" label={texts.deletion.yourData} preload={LazyMenu.preload}>
        {(menu) => <LazyMenu {...menu} hasKeys={hasKeys} onOpen={setOpen} />}
      </MenuButton>
      {open === 'me' && <LazyAbout onClose={close} />}
      {open === 'keys' && <LazyKeys onClose={close} />}
      {open === 'import' && <LazyImport onClose={close} />}
      {open === 'deletion' && <LazyDeletion onClose={close} />}
    </>
  );
}
