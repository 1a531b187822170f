/** The part of `localStorage` that is needed. It may throw where storage is full or forbidden. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const place = (sessionId: string | null) => `ask-next:draft:${sessionId ?? 'new'}`;

/** Words not yet sent, per session. What cannot be stored is lost at a reload and nothing else happens. */
export function readDraft(storage: DraftStorage, sessionId: string | null): string {
  try {
    return storage.getItem(place(sessionId)) ?? '';
  } catch {
    return '';
  }
}

export function writeDraft(storage: DraftStorage, sessionId: string | null, text: string): void {
  try {
    if (text.trim()) storage.setItem(place(sessionId), text);
    else storage.removeItem(place(sessionId));
  } catch {
    // Full or forbidden: the words stay in the composer.
  }
}
