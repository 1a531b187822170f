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
import { LazyDeletion } from './lazy-deletion';
import { useTexts } from '@/lib/texts/use-texts';

/** The actions on all of the user's data. `hasKeys`: the user may have API keys. */
export function YourData({ hasKeys }: { hasKeys: boolean }) {
  const texts = useTexts();
  const [open, setOpen] = useState<'me' | 'keys' | 'import' | 'deletion' | null>(null);
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
        {account?.isPerson && <PageLink to="/account" icon="person" label={texts.opens.account} />}
        {account?.role === 'operator' && <OperatorLinks isPerson={account.isPerson} />}
        <PageLink to="/usage" icon="chart" label={texts.opens.usage} />
        <Opener icon="person" label={texts.opens.me} onClick={opens('me')} />
        {hasKeys && <Opener icon="key" label={texts.opens.keys} onClick={opens('keys')} />}
        <PageLink to="/archived" icon="archive" label={texts.archive.archived} />
        <PageLink to="/deleted" icon="trash" label={texts.deletion.recently} />
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
      {open === 'deletion' && <LazyDeletion onClose={close} />}
    </>
  );
}

const OperatorLinks = ({ isPerson }: { isPerson: boolean }) => {
  const texts = useTexts();
  return (
    <>
      {isPerson && <PageLink to="/people" icon="people" label={texts.opens.people} />}
      <PageLink to="/settings" icon="settings" label={texts.opens.serverSettings} />
    </>
  );
};

interface PageLinkProps {
  readonly to: string;
  readonly icon: IconName;
  readonly label: string;
}

/** Opens a page. */
function PageLink({ to, icon, label }: PageLinkProps) {
  const drawer = useDrawer();
  return (
    <Link role="menuitem" href={to} prefetch={false} onClick={drawer.hide}>
      <Icon name={icon} />
      {label}
    </Link>
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
