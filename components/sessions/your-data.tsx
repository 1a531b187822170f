import Link from 'next/link';
import { useState } from 'react';
import { useDrawer } from '@/components/ui/drawer';
import { Icon, type IconName } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { LazyImport } from '@/components/imports/lazy-import';
import { LazyKeys } from '@/components/keys/lazy-keys';
import { LazyAbout } from '@/components/memory/lazy-about';
import { useAccount } from '@/lib/client/accounts/account-context';
import { EXPORT_ALL } from '@/lib/client/net/api';
import { DeleteEverything } from './delete-everything';
import { texts } from '@/lib/texts/texts';

/** The actions on all of the user's data. `hasKeys`: the user may have API keys. */
export function YourData({ hasKeys }: { hasKeys: boolean }) {
  const [open, setOpen] = useState<'me' | 'keys' | 'import' | 'deletion' | null>(null);
  const drawer = useDrawer();
  const account = useAccount();
  const close = () => {
    setOpen(null);
  };
  const opens = (dialog: typeof open) => () => {
    setOpen(dialog);
  };
  return (
    <>
      <Menu icon="more" label={texts.deletion.yourData}>
        {account?.isPerson && (
          <Link role="menuitem" href="/account" prefetch={false} onClick={drawer.hide}>
            <Icon name="settings" />
            {texts.opens.account}
          </Link>
        )}
        {account?.isPerson && account.role === 'operator' && (
          <Link role="menuitem" href="/people" prefetch={false} onClick={drawer.hide}>
            <Icon name="person" />
            {texts.opens.people}
          </Link>
        )}
        <Link role="menuitem" href="/usage" prefetch={false} onClick={drawer.hide}>
          <Icon name="chart" />
          {texts.usage.open}
        </Link>
        {account?.role === 'operator' && (
          <Link role="menuitem" href="/settings" prefetch={false} onClick={drawer.hide}>
            <Icon name="settings" />
            {texts.operator.settings.open}
          </Link>
        )}
        <Opener icon="person" label={texts.memory.me.open} onClick={opens('me')} />
        {hasKeys && <Opener icon="key" label={texts.opens.keys} onClick={opens('keys')} />}
        <Link role="menuitem" href="/archived" prefetch={false} onClick={drawer.hide}>
          <Icon name="archive" />
          {texts.archive.archived}
        </Link>
        <Link role="menuitem" href="/deleted" prefetch={false} onClick={drawer.hide}>
          <Icon name="trash" />
          {texts.deletion.recently}
        </Link>
        <Opener icon="upload" label={texts.opens.import} onClick={opens('import')} />
        <a role="menuitem" href={EXPORT_ALL} download>
          <Icon name="download" />
          {texts.opens.exportAll}
        </a>
        <Opener
          icon="warning"
          className="danger"
          label={texts.deletion.everything.open}
          onClick={opens('deletion')}
        />
      </Menu>
      {open === 'me' && <LazyAbout onClose={close} />}
      {open === 'keys' && <LazyKeys onClose={close} />}
      {open === 'import' && <LazyImport onClose={close} />}
      {open === 'deletion' && <DeleteEverything onClose={close} />}
    </>
  );
}

interface OpenerProps {
  readonly icon: IconName;
  readonly label: string;
  readonly className?: string;
  readonly onClick: () => void;
}

/** Opens a dialog. */
function Opener({ icon, label, ...rest }: OpenerProps) {
  return (
    <button type="button" role="menuitem" aria-haspopup="dialog" {...rest}>
      <Icon name={icon} />
      {label}
    </button>
  );
}
