import Link, { useLinkStatus } from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useDrawer } from '@/components/shell/drawer';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { exportAddress } from '@/lib/client/api';
import { useSessionList } from '@/lib/client/use-session-list';
import type { ListedSession } from '@/lib/sessions/session-page';
import { shownTitle } from '@/lib/sessions/title';
import { RenameForm } from './rename-form';

interface Props {
  readonly session: ListedSession;
  readonly active: boolean;
}

export function SessionRow({ session, active }: Props) {
  /** As it was when the renaming began. */
  const [renamed, setRenamed] = useState<ListedSession | null>(null);
  const drawer = useDrawer();
  const list = useSessionList();
  const link = useRef<HTMLAnchorElement>(null);
  const title = shownTitle(session);
  if (renamed) {
    return (
      <li className="session-row">
        <RenameForm
          title={shownTitle(renamed)}
          onDone={(next, byKey) => {
            flushSync(() => {
              setRenamed(null);
            });
            if (byKey) link.current?.focus();
            if (next !== null) void list.rename(renamed, next);
          }}
        />
      </li>
    );
  }
  return (
    <li className="session-row" data-active={active || undefined}>
      <Link
        ref={link}
        href={`/s/${session.id}`}
        prefetch={false}
        aria-current={active ? 'page' : undefined}
        title={title}
        onClick={drawer.hide}
        onDoubleClick={() => {
          setRenamed(session);
        }}
      >
        <RowTitle title={title} />
      </Link>
      <RowMenu
        session={session}
        active={active}
        onRename={() => {
          setRenamed(session);
        }}
      />
    </li>
  );
}

function RowTitle({ title }: { title: string }) {
  const { pending } = useLinkStatus();
  return (
    <span className="session-title" data-pending={pending || undefined}>
      {title}
    </span>
  );
}

function RowMenu({ session, active, onRename }: Props & { readonly onRename: () => void }) {
  const list = useSessionList();
  const router = useRouter();
  const { id } = session;
  const remove = () => {
    if (active) router.push('/');
    void list.remove(session, () => {
      if (active) router.push(`/s/${id}`);
    });
  };
  return (
    <Menu icon="more" label={`Actions for ${shownTitle(session)}`}>
      <button type="button" role="menuitem" onClick={onRename}>
        <Icon name="pencil" />
        Rename
      </button>
      <a role="menuitem" href={exportAddress(id, 'md')} download>
        <Icon name="download" />
        Export as Markdown
      </a>
      <a role="menuitem" href={exportAddress(id, 'json')} download>
        <Icon name="download" />
        Export as JSON
      </a>
      <button type="button" role="menuitem" className="danger" onClick={remove}>
        <Icon name="trash" />
        Delete
      </button>
    </Menu>
  );
}
