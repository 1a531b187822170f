import { useRouter } from 'next/navigation';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { exportAddress } from '@/lib/client/net/api';
import { sessionAt } from '@/lib/client/page/session-address';
import { ARCHIVING, DELETION, type Leaving } from '@/lib/client/sessions/leave-list';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import type { ListedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { texts } from '@/lib/texts/texts';

interface Props {
  readonly session: ListedSession;
  readonly onRename: () => void;
  /** Absent where the session is not open. */
  readonly onSettings?: () => void;
}

/** The actions on a whole session. */
export function SessionMenu({ session, onRename, onSettings }: Props) {
  const list = useSessionList();
  const router = useRouter();
  const { id } = session;
  const leave = async (by: Leaving) => {
    const shown = () => sessionAt(window.location.pathname);
    let left = false;
    const done = await list.leave(session, by, () => {
      if (left && window.location.pathname === '/') router.push(`/s/${id}`);
    });
    left = done && shown() === id;
    if (left) router.push('/');
  };
  const pinned = Boolean(session.pinnedAt);
  const archived = Boolean(session.archivedAt);
  return (
    <Menu icon="more" label={texts.sessions.actions(shownTitle(session))}>
      <button type="button" role="menuitem" onClick={onRename}>
        <Icon name="pencil" />
        {texts.sessions.rename}
      </button>
      {!archived && (
        <button type="button" role="menuitem" onClick={() => void list.pin(session, !pinned)}>
          <Icon name="pin" />
          {pinned ? texts.sessions.unpin : texts.sessions.pin}
        </button>
      )}
      {onSettings && (
        <button type="button" role="menuitem" onClick={onSettings}>
          <Icon name="settings" />
          {texts.settings.open}
        </button>
      )}
      <a role="menuitem" href={exportAddress(id, 'md')} download>
        <Icon name="download" />
        {texts.sessions.exportMarkdown}
      </a>
      <a role="menuitem" href={exportAddress(id, 'json')} download>
        <Icon name="download" />
        {texts.sessions.exportJson}
      </a>
      <button
        type="button"
        role="menuitem"
        onClick={() => void (archived ? list.unarchive(session) : leave(ARCHIVING))}
      >
        <Icon name="archive" />
        {archived ? texts.archive.unarchive : texts.archive.archive}
      </button>
      <button type="button" role="menuitem" className="danger" onClick={() => void leave(DELETION)}>
        <Icon name="trash" />
        {texts.deletion.delete}
      </button>
    </Menu>
  );
}
