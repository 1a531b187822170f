import { useCallback, useSyncExternalStore } from 'react';
import { listeners } from '@/lib/listeners';
import { addedSince, openDrafts } from './drafts';
import { browserStorage, tabStorage } from '@/lib/client/browser/safe-storage';

const drafts = openDrafts(tabStorage, browserStorage);
const { notify, add } = listeners();
const subscribe = (listener: () => void) => add(listener);

/** Changes a session's draft, also from outside the composer. */
export function changeDraft(sessionId: string | null, by: (draft: string) => string): void {
  drafts.set(sessionId, by(drafts.get(sessionId)));
  notify();
}

/** After a new session is created from a draft, moves text added meanwhile into that session's draft. */
export function moveDraft(sessionId: string, sent: string): void {
  const added = addedSince(sent, drafts.get(null));
  if (added) changeDraft(sessionId, () => added);
  changeDraft(null, () => '');
}

/** Moves the draft along when the user leaves a session for a new one. */
export function takeDraftBack(sessionId: string): void {
  drafts.moveToNew(sessionId);
  notify();
}

/** A session's draft, which survives a reload. */
export function useDraft(sessionId: string | null): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => drafts.get(sessionId),
    () => '',
  );
  const write = useCallback(
    (draft: string) => {
      changeDraft(sessionId, () => draft);
    },
    [sessionId],
  );
  return [text, write];
}
