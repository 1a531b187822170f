'use client';

import '@/components/ui/ui.css';
// Imported here because pages that may not show, such as the error page, would load it for nothing.
import './page-bar.css';
import { memo, useEffect, useMemo, useState, type ReactNode } from 'react';
import { usePathname } from 'next/navigation';
import { Sidebar } from './sidebar';
import {
  ClientStateContext,
  openClientState,
  useClientState,
} from '@/lib/client/page/client-state';
import { trackHistoryNavigation } from '@/lib/client/scroll/history-navigation';
import { tolerateForeignNodes } from '@/lib/client/browser/foreign-nodes';
import { onBrowserDataCleared } from '@/lib/client/page/clear-browser-data';
import { AccountContext, type Account } from '@/lib/client/accounts/account-context';
import { isAuthPath } from '@/lib/client/accounts/auth-paths';
import { isChatAt } from '@/lib/client/page/session-address';
import { restoreFocus } from '@/lib/client/browser/restore-focus';
import { reloadAtHome } from '@/lib/client/page/use-delete-everything';
import {
  SessionListContext,
  useSessionListState,
  useSharedList,
} from '@/lib/client/sessions/use-session-list';
import { useObservable } from '@/lib/client/browser/observable';
import type { ListedSession } from '@/lib/page/session-page';
import { DrawerContext, useDrawerState } from '@/components/ui/drawer';
import { PaletteLauncher } from '@/components/search/palette-launcher';
import { ShortcutLauncher } from '@/components/shortcuts/shortcut-launcher';
import { useNotices } from '@/lib/client/notices/use-notices';
import { Notices } from './notices';
import { ModelNamesContext } from '@/lib/client/models/model-names';
import { AppearanceContext } from '@/lib/client/page/use-appearance';
import type { ModelNames } from '@/lib/page/model-name';
import type { Appearance } from '@/lib/page/appearance';
import { useSidebarKey } from './use-sidebar-key';
import { useChanges } from '@/lib/client/page/use-changes';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly sessions: readonly ListedSession[];
  /** There are sessions that the sidebar does not list. */
  readonly hasMore: boolean;
  /** The caller may have API keys. */
  readonly hasKeys: boolean;
  readonly appearance: Appearance;
  /** Chosen by the operator, by model. */
  readonly modelNames: ModelNames;
  /** Null for a visitor. */
  readonly account: Account | null;
  /** When the server rendered the page, in milliseconds since 1970. */
  readonly now: number;
  readonly timeZone: string;
  readonly children: ReactNode;
}

/** Everything around a session. It stays mounted across navigations, and so do the turns in its state. */
export function AppShell(props: Props) {
  const texts = useTexts();
  const [state] = useState(() => openClientState(texts));
  const { role = null, isPerson = false } = props.account ?? {};
  // Keeps its identity while its content is equal: React re-renders components that are not hydrated yet when a
  // context around them changes.
  const account = useMemo(() => role && { role, isPerson }, [role, isPerson]);
  const [modelNames] = useState(props.modelNames);
  const pathname = usePathname();
  if (isAuthPath(pathname)) return <main className="auth-frame">{props.children}</main>;
  return (
    <ClientStateContext value={state}>
      <AccountContext value={account}>
        <ModelNamesContext value={modelNames}>
          <Shell {...props} />
        </ModelNamesContext>
      </AccountContext>
    </ClientStateContext>
  );
}

/** To the message field; on a page without one, to its content. */
function SkipLink() {
  const texts = useTexts();
  const isChat = isChatAt(usePathname());
  return (
    <a className="skip-link" href={isChat ? '#message' : '#main'}>
      {isChat ? texts.shell.skip : texts.shell.skipToContent}
    </a>
  );
}

/** Rendered again only by the server: a new path alone must not draw replies again, which loses selection and place. */
const Shell = memo(function Shell(props: Props) {
  const { sessions, hasMore, hasKeys, appearance: drawn, now, timeZone, children } = props;
  const [appearance] = useState(drawn);
  const list = useSharedList(useSessionListState(sessions));
  const { drawer, open } = useDrawerState();
  const more = useObservable(useClientState().latestPage, null)?.page.hasMore ?? hasMore;
  useChanges();
  useNotices();
  useSidebarKey();
  useEffect(restoreFocus, []);
  useEffect(tolerateForeignNodes, []);
  useEffect(trackHistoryNavigation, []);
  useEffect(() => onBrowserDataCleared(reloadAtHome), []);
  return (
    <AppearanceContext value={appearance}>
      <SessionListContext value={list}>
        <DrawerContext value={drawer}>
          <SkipLink />
          <div className="shell" data-drawer={open ? 'open' : undefined}>
            <Sidebar hasMore={more} hasKeys={hasKeys} now={now} timeZone={timeZone} />
            <div className="scrim" aria-hidden="true" onClick={drawer.hide} />
            <main className="main" inert={open}>
              {children}
            </main>
          </div>
          <Notices />
          <PaletteLauncher />
          <ShortcutLauncher />
        </DrawerContext>
      </SessionListContext>
    </AppearanceContext>
  );
});
