import { useRouter } from 'next/navigation';
import { Icon } from '@/components/ui/icon';
import { Menu, type MenuProps } from '@/components/ui/menus/menu';
import { MenuItem } from '@/components/ui/menus/menu-item';
import { exportAddress, printAddress } from '@/lib/client/net/api';
import { sessionAt } from '@/lib/client/page/session-address';
import { archiving, deletion, type ListRemoval } from '@/lib/client/sessions/list-removal';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import type { ListedSession } from '@/lib/page/session-page';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';

export interface SessionMenuProps extends MenuProps {
  readonly session: ListedSession;
  readonly onRename: () => void;
  readonly onTags: () => void;
  /** Absent where the session is not open. */
  readonly onSettings?: () => void;
}

export function SessionMenu(props: SessionMenuProps) {
  const { session, onRename, onTags, onSettings } = props;
  const texts = useTexts();
  const { sessionMenu: words } = useLaterTexts();
  const list = useSessionList();
  const router = useRouter();
  const { id, pinnedAt, archivedAt: archived } = session;
  const remove = async (by: ListRemoval) => {
    let left = false;
    const done = await list.remove(session, by, () => {
      if (left && window.location.pathname === '/') router.push(`/s/${id}`);
    });
    left = done && sessionAt(window.location.pathname) === id;
    if (left) router.push('/');
  };
  const pinned = Boolean(pinnedAt);
  return (
    <Menu {...props}>
      <MenuItem icon="pencil" label={words.rename} onClick={onRename} />
      {!archived && (
        <MenuItem
          icon="pin"
          label={pinned ? words.unpin : words.pin}
          onClick={() => void list.pin(session, !pinned)}
        />
      )}
      <MenuItem icon="tag" label={words.tags} aria-haspopup="dialog" onClick={onTags} />
      {onSettings && <MenuItem icon="settings" label={words.settings} onClick={onSettings} />}
      <Exports id={id} />
      <MenuItem
        icon="archive"
        label={archived ? words.unarchive : words.archive}
        onClick={() => void (archived ? list.unarchive(session) : remove(archiving(texts)))}
      />
      <MenuItem
        icon="trash"
        label={words.delete}
        className="danger"
        onClick={() => void remove(deletion(texts))}
      />
    </Menu>
  );
}

const Exports = ({ id }: { id: string }) => {
  const { sessionMenu: words } = useLaterTexts();
  return (
    <>
      <a role="menuitem" href={exportAddress(id, 'md')} download>
        <Icon name="download" />
        {words.exportMarkdown}
      </a>
      <a role="menuitem" href={exportAddress(id, 'json')} download>
        <Icon name="download" />
        {words.exportJson}
      </a>
      <a role="menuitem" href={printAddress(id)} target="_blank" rel="noopener">
        <Icon name="print" />
        {words.print}
      </a>
    </>
  );
};
