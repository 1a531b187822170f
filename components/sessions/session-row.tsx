import Link, { useLinkStatus } from 'next/link';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useDrawer } from '@/components/ui/drawer';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import { useReplyState } from '@/lib/client/transcript/use-reply-state';
import type { ListedSession } from '@/lib/page/session-page';
import { directionOfText } from '@/lib/sessions/text-direction';
import { shownTitle } from '@/lib/sessions/title';
import { useTexts } from '@/lib/texts/use-texts';
import { RenameForm } from './rename-form';
import { SessionMenuButton } from './session-menu-button';
import { SlowLink } from './slow-link';

interface Props {
  readonly session: ListedSession;
  readonly active: boolean;
}

export function SessionRow({ session, active }: Props) {
  const texts = useTexts();
  /** The session as it was when renaming began. */
  const [renamed, setRenamed] = useState<ListedSession | null>(null);
  const drawer = useDrawer();
  const list = useSessionList();
  const link = useRef<HTMLAnchorElement>(null);
  const title = shownTitle(session, texts.sessions.untitled);
  const state = useReplyState(session.id, active);
  if (renamed) {
    return (
      <li className="session-row">
        <RenameForm
          title={shownTitle(renamed, texts.sessions.untitled)}
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
        onClick={(event) => {
          // The second click of a double click must not navigate.
          if (event.detail > 1) event.preventDefault();
          else drawer.hide();
        }}
        onDoubleClick={() => {
          setRenamed(session);
        }}
      >
        <RowTitle title={title} />
        <SlowLink />
      </Link>
      {state && (
        <span className="state-dot" data-state={state}>
          <span className="visually-hidden">{texts.sessions.state[state]}</span>
        </span>
      )}
      <SessionMenuButton
        session={session}
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
    <span
      className="session-title"
      dir={directionOfText(title)}
      data-pending={pending || undefined}
    >
      {title}
    </span>
  );
}
