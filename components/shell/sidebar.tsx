import '../sessions/sessions.css';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useDrawer, useDrawerOpen } from '@/components/ui/drawer';
import { SettingsButton } from '@/components/preferences/settings-button';
import { useClientState } from '@/lib/client/page/client-state';
import { chooseAppearance } from '@/lib/client/page/use-appearance';
import { Icon } from '@/components/ui/icon';
import { IconButton } from '@/components/ui/icon-button';
import { groupSessions } from '@/lib/client/sessions/session-groups';
import { useSessionList } from '@/lib/client/sessions/use-session-list';
import { useToday } from '@/lib/client/time/use-today';
import { SearchButton } from '@/components/search/search-button';
import { SessionRow } from '@/components/sessions/session-row';
import { SlowLink } from '@/components/sessions/slow-link';
import { YourData } from '@/components/sessions/your-data';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly hasMore: boolean;
  readonly hasKeys: boolean;
  readonly now: number;
  readonly timeZone: string;
}

export function Sidebar({ hasMore, hasKeys, now, timeZone }: Props) {
  const texts = useTexts();
  const drawer = useDrawer();
  const open = useDrawerOpen();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) close.current?.focus();
  }, [open]);
  return (
    <aside className="sidebar" id="sidebar" aria-label={texts.sessions.sessions}>
      <div className="sidebar-top">
        <Link className="brand" href="/" prefetch={false} onClick={drawer.hide}>
          <span className="brand-mark" aria-hidden="true" />
          {texts.shell.app}
        </Link>
        <IconButton
          ref={close}
          icon="close"
          label={texts.shell.closeSessions}
          className="drawer-close"
          onClick={drawer.hide}
        />
        <CollapseButton />
      </div>
      <Link className="new-session" href="/" prefetch={false} onClick={drawer.hide}>
        <Icon name="plus" />
        {texts.sessions.begin}
        <SlowLink />
      </Link>
      <SearchButton />
      <SessionGroups hasMore={hasMore} now={now} timeZone={timeZone} />
      <div className="sidebar-foot">
        <SettingsButton />
        <YourData hasKeys={hasKeys} />
      </div>
    </aside>
  );
}

/** Hides the sidebar on wide screens, where it is no drawer. */
function CollapseButton() {
  const texts = useTexts();
  const state = useClientState();
  return (
    <IconButton
      icon="sidebar"
      label={texts.shell.hideSidebar}
      className="sidebar-collapse"
      aria-keyshortcuts="Control+B Meta+B"
      onClick={({ detail }) => {
        chooseAppearance(state, 'sidebar', 'closed');
        if (detail === 0) document.querySelector<HTMLElement>('.sidebar-expand')?.focus();
      }}
    />
  );
}

function SessionGroups({ hasMore, now, timeZone }: Omit<Props, 'hasKeys'>) {
  const texts = useTexts();
  const { sessions } = useSessionList();
  const pathname = usePathname();
  const day = useToday({ now, timeZone });
  if (sessions.length === 0) {
    return <p className="sidebar-empty">{texts.sessions.noneYet}</p>;
  }
  return (
    <nav className="session-groups" aria-label={texts.sessions.yours}>
      {groupSessions(sessions, day).map((group) => (
        <section key={group.name}>
          <h2>{texts.sessions.groups[group.name]}</h2>
          <ul>
            {group.sessions.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                active={pathname === `/s/${session.id}`}
              />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && (
        <Link className="all-sessions" href="/s" prefetch={false}>
          {texts.sessions.all}
          <SlowLink />
        </Link>
      )}
    </nav>
  );
}
