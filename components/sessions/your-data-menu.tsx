import Link from 'next/link';
import { useDrawer } from '@/components/ui/drawer';
import { Icon, type IconName } from '@/components/ui/icon';
import { Menu, type MenuProps } from '@/components/ui/menus/menu';
import { MenuItem } from '@/components/ui/menus/menu-item';
import { useAccount } from '@/lib/client/accounts/account-context';
import { EXPORT_ALL } from '@/lib/client/net/api';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** What the menu opens. */
export type YourDataDialog = 'me' | 'keys' | 'import' | 'deletion';

export interface YourDataMenuProps extends MenuProps {
  readonly hasKeys: boolean;
  readonly onOpen: (dialog: YourDataDialog) => void;
}

export function YourDataMenu(props: YourDataMenuProps) {
  const { hasKeys, onOpen } = props;
  const { dataMenu: words } = useLaterTexts();
  const account = useAccount();
  const opener = (dialog: YourDataDialog) => ({
    'aria-haspopup': 'dialog' as const,
    onClick: () => {
      onOpen(dialog);
    },
  });
  return (
    <Menu {...props}>
      {account?.isPerson && <PageLink to="/account" icon="person" label={words.account} />}
      {account?.role === 'operator' && <OperatorLinks isPerson={account.isPerson} />}
      <PageLink to="/usage" icon="chart" label={words.usage} />
      <MenuItem icon="person" label={words.me} {...opener('me')} />
      {hasKeys && <MenuItem icon="key" label={words.keys} {...opener('keys')} />}
      <PageLink to="/archived" icon="archive" label={words.archived} />
      <PageLink to="/deleted" icon="trash" label={words.recentlyDeleted} />
      <MenuItem icon="upload" label={words.import} {...opener('import')} />
      <a role="menuitem" href={EXPORT_ALL} download>
        <Icon name="download" />
        {words.exportAll}
      </a>
      <MenuItem
        icon="warning"
        className="danger"
        label={words.deleteEverything}
        {...opener('deletion')}
      />
    </Menu>
  );
}

const OperatorLinks = ({ isPerson }: { isPerson: boolean }) => {
  const { dataMenu: words } = useLaterTexts();
  return (
    <>
      {isPerson && <PageLink to="/people" icon="people" label={words.people} />}
      <PageLink to="/settings" icon="settings" label={words.serverSettings} />
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
