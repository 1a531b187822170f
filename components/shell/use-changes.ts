import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { openChanges } from '@/lib/client/api';
import { useClientState } from '@/lib/client/client-state';
import { coalesce } from '@/lib/client/coalesce';
import { followChanges } from '@/lib/client/follow-changes';
import { pauseBefore, SILENCE_MS } from '@/lib/client/reconnect';
import { refreshPage } from '@/lib/client/refresh-page';
import { sessionAt } from '@/lib/client/session-address';

/** A burst of changes is read once. */
const JOIN_MS = 100;
/** A connection that is back before this was not worth a word. */
const SAY_AFTER_MS = 3000;

/**
 * Shows what other tabs, devices and instances change. Only while somebody can see it: a browser has few connections
 * to one server, and a hidden tab must not hold one of them.
 */
export function useChanges(): void {
  const state = useClientState();
  const router = useRouter();
  useEffect(() => {
    const refresh = coalesce(
      () => {
        // Its list is the server's own drawing.
        if (window.location.pathname === '/s') router.refresh();
        return refreshPage(state, sessionAt(window.location.pathname));
      },
      JOIN_MS,
      reportError,
    );
    let feed: AbortController | null = null;
    let saying: ReturnType<typeof setTimeout> | undefined;
    const connected = () => {
      clearTimeout(saying);
      saying = undefined;
      state.offline.set(false);
    };
    const open = () => {
      feed ??= new AbortController();
      const onChange = () => {
        connected();
        refresh.ask();
      };
      const onLost = () => {
        saying ??= setTimeout(() => {
          state.offline.set(true);
        }, SAY_AFTER_MS);
      };
      const told = { onChange, onLost, onRefused: connected };
      const deps = { open: openChanges, ...told, pause: pauseBefore };
      void followChanges({ ...deps, silenceMs: SILENCE_MS }, feed.signal);
    };
    const close = () => {
      feed?.abort();
      feed = null;
      connected();
    };
    const look = () => {
      if (document.hidden) close();
      else if (!feed) open();
    };
    look();
    document.addEventListener('visibilitychange', look);
    // Going back brings a page as it was.
    window.addEventListener('popstate', refresh.ask);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('popstate', refresh.ask);
      close();
      refresh.end();
    };
  }, [state, router]);
}
