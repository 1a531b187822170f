import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { openChanges } from '@/lib/client/net/api';
import { useClientState, type ClientState } from './client-state';
import { debouncedJob } from './debounced-job';
import { followChanges } from './follow-changes';
import { showToast } from './toasts';
import type { Problem } from '@/lib/client/net/problem';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { waitForBackoff, IDLE_TIMEOUT_MS } from '@/lib/client/net/backoff';
import { refreshPage } from './refresh-page';
import { sessionAt } from './session-address';
import type { Texts } from '@/lib/texts/texts';
import { useTexts } from '@/lib/texts/use-texts';

/** Changes within this time cause one refresh. */
const JOIN_MS = 100;
/** Reconnections faster than this are not shown. */
const SHOW_OFFLINE_AFTER_MS = 3000;

const LISTS = new Set(['/s', '/archived', '/deleted']);

/** The change feed of a tab, open while the tab is visible. `onMayHaveChanged`: something changed or may have. */
function changeFeed(state: ClientState, texts: Texts, onMayHaveChanged: () => void) {
  let feed: AbortController | null = null;
  let saidRefused = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connected = () => {
    clearTimeout(timer);
    timer = undefined;
    state.offline.set(false);
  };
  const open = () => {
    feed ??= new AbortController();
    const onChange = () => {
      connected();
      saidRefused = false;
      onMayHaveChanged();
    };
    const onLost = () => {
      timer ??= setTimeout(() => {
        state.offline.set(true);
      }, SHOW_OFFLINE_AFTER_MS);
    };
    const onRefused = (problem: Problem) => {
      connected();
      if (!saidRefused) showRefusal(state, texts, problem);
      saidRefused = true;
    };
    const deps = { open: openChanges, onChange, onLost, onRefused, pause: waitForBackoff };
    const { signal } = feed;
    void followChanges({ ...deps, idleTimeoutMs: IDLE_TIMEOUT_MS }, signal).then(() => {
      // Refused permanently. Opened again when the tab becomes visible again or changes something itself.
      if (!signal.aborted) feed = null;
    });
  };
  const close = () => {
    feed?.abort();
    feed = null;
    connected();
  };
  const openIfVisible = () => {
    if (document.hidden) close();
    else if (!feed) open();
  };
  return { openIfVisible, close };
}

/** Hides a 401: an unknown client owns no sessions that could change. */
function showRefusal({ toasts }: ClientState, texts: Texts, problem: Problem): void {
  if (problem.code === 401) return;
  showToast(toasts, texts.sessions.changesNotShown(failureSentence(texts, problem)));
}

/**
 * Shows changes from other tabs, devices and instances, while the tab is visible: browsers limit connections per
 * server, so a hidden tab must not hold one.
 */
export function useChanges(): void {
  const state = useClientState();
  const texts = useTexts();
  const router = useRouter();
  useEffect(() => {
    const refresh = debouncedJob(
      () => {
        // These lists are rendered on the server.
        if (LISTS.has(window.location.pathname)) router.refresh();
        return refreshPage(state, sessionAt(window.location.pathname));
      },
      JOIN_MS,
      reportError,
    );
    const { openIfVisible, close } = changeFeed(state, texts, refresh.request);
    const onStale = () => {
      refresh.request();
      openIfVisible();
    };
    openIfVisible();
    const unsubscribe = state.stale.subscribe(onStale);
    document.addEventListener('visibilitychange', openIfVisible);
    // Back restores an old page.
    window.addEventListener('popstate', refresh.request);
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', openIfVisible);
      window.removeEventListener('popstate', refresh.request);
      close();
      refresh.end();
    };
  }, [state, texts, router]);
}
