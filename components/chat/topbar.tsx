import { useEffect, useState } from 'react';
import { MemoryPanel } from '@/components/memory/memory-panel';
import { useDrawer } from '@/components/shell/drawer';
import { IconButton } from '@/components/ui/icon-button';
import { Icon } from '@/components/ui/icon';
import { useClientState } from '@/lib/client/client-state';
import { useSessionList } from '@/lib/client/use-session-list';
import { useValue } from '@/lib/client/use-value';
import type { SessionPage } from '@/lib/sessions/session-page';
import { shownTitle } from '@/lib/sessions/title';

interface Props {
  readonly sessionId: string | null;
  readonly page: SessionPage | null;
}

export function Topbar({ sessionId, page }: Props) {
  const drawer = useDrawer();
  const [showsMemory, setShowsMemory] = useState(false);
  const title = useTitle(sessionId, page);
  return (
    <header className="topbar">
      <IconButton
        icon="menu"
        label="Sessions"
        className="drawer-open"
        aria-controls="sidebar"
        aria-expanded={drawer.open}
        onClick={drawer.show}
      />
      <h1>
        <span className={sessionId === null ? 'visually-hidden' : undefined}>{title}</span>
      </h1>
      <Offline />
      {sessionId !== null && (
        <button
          type="button"
          className="quiet-button"
          aria-haspopup="dialog"
          onClick={() => {
            setShowsMemory(true);
          }}
        >
          <Icon name="memory" />
          Memory
        </button>
      )}
      {sessionId !== null && showsMemory && (
        <MemoryPanel
          sessionId={sessionId}
          version={page?.version ?? 0}
          onClose={() => {
            setShowsMemory(false);
          }}
        />
      )}
    </header>
  );
}

function Offline() {
  const offline = useValue(useClientState().offline, false);
  return <output className="offline">{offline && 'Reconnecting…'}</output>;
}

/** The name of the session, which is the name of the tab as well. */
function useTitle(sessionId: string | null, page: SessionPage | null): string {
  const { sessions } = useSessionList();
  const listed = sessions.find(({ id }) => id === sessionId);
  const title = shownTitle(listed ?? { title: page?.title ?? null, opening: openingOf(page) });
  useEffect(() => {
    document.title = sessionId === null ? 'Ask-Next' : `${title} · Ask-Next`;
  }, [sessionId, title]);
  return title;
}

const openingOf = (page: SessionPage | null): string | null =>
  page && !page.hasEarlier ? (page.messages[0]?.content ?? null) : null;
