import { useCallback, useSyncExternalStore } from 'react';
import { listeners } from '@/lib/listeners';
import { addedSince, openDrafts } from './drafts';
import { browserStorage, tabStorage } from '@/lib/client/browser/safe-storage';

const drafts = openDrafts(tabStorage, browserStorage);
const { notify, add } = listeners();
const subscribe = (listener: () => void) => add(listener);

/** Changes the words in a session's composer, also from elsewhere on the page. */
export function changeDraft(sessionId: string | null, by: (draft: string) => string): void {
  drafts.set(sessionId, by(drafts.get(sessionId)));
  notify();
}

/** A session was begun with words of the composer: what was added meanwhile goes on in it. */
export function takeDraftAlong(sessionId: string, sent: string): void {
  const added = addedSince(sent, drafts.get(null));
  if (added) changeDraft(sessionId, () => added);
  changeDraft(null, () => '');
}

/** The words in a session's composer, which survive a reload. */
export function useDraft(sessionId: string | null): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => drafts.get(sessionId),
    () => '',
  );
  const write = useCallback(
    (words: string) => {
      changeDraft(sessionId, () => words);
    },
    [sessionId],
  );
  return [text, write];
}
