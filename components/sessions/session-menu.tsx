import { useRouter } from 'next/navigation';
import { useState, type ComponentProps } from 'react';
import { Icon, type IconName } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { exportAddress, printAddress } from '@/lib/client/net/api';
import { LazyTagsDialog } from '@/components/tags/lazy-tags-dialog';
import { sessionAt } from '@/lib/client/page/session-address';
import { archiving, deletion, type ListRemoval } from '@/lib/client/sessions/list-removal';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import type { ListedSession } from '@/lib/page/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly session: ListedSession;
  readonly icon?: 'more' | 'open';
  readonly onRename: () => void;
  /** Absent where the session is not open. */
  readonly onSettings?: () => void;
}

/** The actions on a whole session. */
export function SessionMenu({ session, icon = 'more', onRename, onSettings }: Props) {
  const texts = useTexts();
  const { sessions: words } = texts;
  const list = useSessionList();
  const router = useRouter();
  const [tagging, setTagging] = useState(false);
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
    <>
      <Menu icon={icon} label={words.actions(shownTitle(session, words.untitled))}>
        <Item icon="pencil" label={words.rename} onClick={onRename} />
        {!archived && (
          <Item
            icon="pin"
            label={pinned ? words.unpin : words.pin}
            onClick={() => void list.pin(session, !pinned)}
          />
        )}
        <Item
          icon="tag"
          label={texts.tags.edit}
          aria-haspopup="dialog"
          onClick={() => {
            setTagging(true);
          }}
        />
        {onSettings && <Item icon="settings" label={texts.opens.settings} onClick={onSettings} />}
        <Exports id={id} />
        <Item
          icon="archive"
          label={archived ? texts.archive.unarchive : texts.archive.archive}
          onClick={() => void (archived ? list.unarchive(session) : remove(archiving(texts)))}
        />
        <Item
          icon="trash"
          label={texts.deletion.delete}
          className="danger"
          onClick={() => void remove(deletion(texts))}
        />
      </Menu>
      {tagging && (
        <LazyTagsDialog
          sessions={[session]}
          onClose={() => {
            setTagging(false);
          }}
        />
      )}
    </>
  );
}

interface ItemProps extends ComponentProps<'button'> {
  readonly icon: IconName;
  readonly label: string;
}

const Item = ({ icon, label, ...rest }: ItemProps) => (
  <button type="button" role="menuitem" {...rest}>
    <Icon name={icon} />
    {label}
  </button>
);

const Exports = ({ id }: { id: string }) => {
  const texts = useTexts();
  return (
    <>
      <a role="menuitem" href={exportAddress(id, 'md')} download>
        <Icon name="download" />
        {texts.sessions.exportMarkdown}
      </a>
      <a role="menuitem" href={exportAddress(id, 'json')} download>
        <Icon name="download" />
        {texts.sessions.exportJson}
      </a>
      <a role="menuitem" href={printAddress(id)} target="_blank" rel="noopener">
        <Icon name="print" />
        {texts.printing.open}
      </a>
    </>
  );
};
