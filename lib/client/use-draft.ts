import { useCallback, useSyncExternalStore } from 'react';
import { readDraft, writeDraft } from './drafts';

const drafts = new Map<string | null, string>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function draftOf(sessionId: string | null): string {
  const known = drafts.get(sessionId);
  if (known !== undefined) return known;
  const stored = readDraft(localStorage, sessionId);
  drafts.set(sessionId, stored);
  return stored;
}

/** Puts words into a session's composer, also from elsewhere on the page. */
export function setDraft(sessionId: string | null, text: string): void {
  drafts.set(sessionId, text);
  writeDraft(localStorage, sessionId, text);
  for (const listener of listeners) listener();
}

/** The words in a session's composer, which survive a reload. */
export function useDraft(sessionId: string | null): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => draftOf(sessionId),
    () => '',
  );
  const write = useCallback(
    (words: string) => {
      setDraft(sessionId, words);
    },
    [sessionId],
  );
  return [text, write];
}
