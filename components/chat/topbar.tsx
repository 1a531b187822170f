import Link from 'next/link';
import { useEffect, useState } from 'react';
import { LazyMemory } from '@/components/memory/lazy-memory';
import { LazySettings } from '@/components/settings/lazy-settings';
import { RenameForm } from '@/components/sessions/rename-form';
import { SessionMenuButton } from '@/components/sessions/session-menu-button';
import { DrawerButton } from '@/components/shell/drawer-button';
import { Icon, type IconName } from '@/components/ui/icon';
import { useClientState } from '@/lib/client/page/client-state';
import { focusMessage } from '@/lib/client/composer/focus-message';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import { useObservable } from '@/lib/client/browser/observable';
import type { ListedSession, SessionPage } from '@/lib/page/session-page';
import { TokenPill } from './token-pill';
import { shownTitle } from '@/lib/sessions/title';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessionId: string | null;
  readonly page: SessionPage | null;
}

export function Topbar({ sessionId, page }: Props) {
  const texts = useTexts();
  return (
    <header className="topbar">
      <DrawerButton />
      <Heading sessionId={sessionId} page={page} />
      {page?.tokens && <TokenPill use={page.tokens} />}
      {sessionId === null ? (
        <TopLink href="/temporary" icon="temporary" label={texts.opens.temporary} />
      ) : (
        <>
          <Memory sessionId={sessionId} version={page?.version ?? 0} />
          <TopLink href="/" icon="plus" label={texts.sessions.begin} className="topbar-new" />
        </>
      )}
    </header>
  );
}

/** The session's title, also set as the document title, with its menu. */
function Heading({ sessionId, page }: Props) {
  const texts = useTexts();
  const { sessions, named, rename } = useSessionList();
  /** The session as it was when renaming began. */
  const [renamed, setRenamed] = useState<ListedSession | null>(null);
  /** The session whose settings are open. */
  const [settings, setSettings] = useState<string | null>(null);
  const session = sessions.find(({ id }) => id === sessionId) ?? (page && named(page));
  const { shell } = texts;
  const title = shownTitle(session ?? { title: null, opening: null }, texts.sessions.untitled);
  useEffect(() => {
    document.title = sessionId === null ? shell.app : shell.titled(title);
  }, [sessionId, shell, title]);
  if (renamed && renamed.id === sessionId) {
    return (
      <RenameForm
        title={shownTitle(renamed, texts.sessions.untitled)}
        onDone={(next, byKey) => {
          setRenamed(null);
          if (byKey) focusMessage();
          if (next !== null) void rename(renamed, next);
        }}
      />
    );
  }
  return (
    <>
      <div className="topbar-title">
        <h1 dir="auto" className={sessionId === null ? 'visually-hidden' : undefined}>
          {title}
        </h1>
        {sessionId !== null && session && (
          <SessionMenuButton
            icon="open"
            session={session}
            onRename={() => {
              setRenamed(session);
            }}
            onSettings={() => {
              setSettings(sessionId);
            }}
          />
        )}
      </div>
      <Offline />
      {settings !== null && settings === sessionId && (
        <LazySettings
          sessionId={settings}
          onClose={() => {
            setSettings(null);
          }}
        />
      )}
    </>
  );
}

interface TopLinkProps {
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  readonly className?: string;
}

const TopLink = ({ href, icon, label, className = '' }: TopLinkProps) => (
  <Link className={`icon-button ${className}`} href={href} prefetch={false} title={label}>
    <Icon name={icon} />
    <span className="visually-hidden">{label}</span>
  </Link>
);

function Offline() {
  const texts = useTexts();
  const offline = useObservable(useClientState().offline, false);
  return <output className="offline">{offline && texts.shell.offline}</output>;
}

function Memory({ sessionId, version }: { sessionId: string; version: number }) {
  const texts = useTexts();
  /** The session whose memory is open. */
  const [shown, setShown] = useState<string | null>(null);
  return (
    <>
      <button
        type="button"
        className="quiet-button topbar-memory"
        aria-haspopup="dialog"
        onPointerEnter={LazyMemory.preload}
        onClick={() => {
          setShown(sessionId);
        }}
      >
        <Icon name="memory" />
        <span>{texts.opens.memory}</span>
      </button>
      {shown === sessionId && (
        <LazyMemory
          sessionId={sessionId}
          version={version}
          onClose={() => {
            setShown(null);
          }}
        />
      )}
    </>
  );
}
