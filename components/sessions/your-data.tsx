import Link from 'next/link';
import { useState } from 'react';
import { useDrawer } from '@/components/ui/drawer';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { LazyImport } from '@/components/imports/lazy-import';
import { EXPORT_ALL } from '@/lib/client/net/api';
import { DeleteEverything } from './delete-everything';
import { texts } from '@/lib/texts/texts';

/** The actions on all of the user's data. */
export function YourData() {
  const [confirming, setConfirming] = useState(false);
  const [importing, setImporting] = useState(false);
  const drawer = useDrawer();
  return (
    <>
      <Menu icon="more" label={texts.deletion.yourData}>
        <Link role="menuitem" href="/archived" prefetch={false} onClick={drawer.hide}>
          <Icon name="archive" />
          {texts.archive.archived}
        </Link>
        <Link role="menuitem" href="/deleted" prefetch={false} onClick={drawer.hide}>
          <Icon name="trash" />
          {texts.deletion.recently}
        </Link>
        <button
          type="button"
          role="menuitem"
          aria-haspopup="dialog"
          onClick={() => {
            setImporting(true);
          }}
        >
          <Icon name="upload" />
          {texts.imports.open}
        </button>
        <a role="menuitem" href={EXPORT_ALL} download>
          <Icon name="download" />
          {texts.imports.exportAll}
        </a>
        <button
          type="button"
          role="menuitem"
          className="danger"
          aria-haspopup="dialog"
          onClick={() => {
            setConfirming(true);
          }}
        >
          <Icon name="warning" />
          {texts.deletion.everything.open}
        </button>
      </Menu>
      {importing && (
        <LazyImport
          onClose={() => {
            setImporting(false);
          }}
        />
      )}
      {confirming && (
        <DeleteEverything
          onClose={() => {
            setConfirming(false);
          }}
        />
      )}
    </>
  );
}
