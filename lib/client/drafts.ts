import type { TextStorage } from './safe-storage';

/** Words not yet sent, per session; null: the one that is still to be begun. They survive a reload. */
export interface Drafts {
  get(sessionId: string | null): string;
  set(sessionId: string | null, text: string): void;
}

const placeOf = (sessionId: string | null) => `ask-next:draft:${sessionId ?? 'new'}`;

/**
 * `own` is this tab's. `shared` is for whatever tab is opened next, and holds the words of one tab: another neither
 * overwrites nor removes them.
 */
export function openDrafts(own: TextStorage, shared: TextStorage): Drafts {
  const drafts = new Map<string | null, string>();

  const get = (sessionId: string | null) => {
    const place = placeOf(sessionId);
    const draft = drafts.get(sessionId) ?? own.getItem(place) ?? shared.getItem(place) ?? '';
    drafts.set(sessionId, draft);
    return draft;
  };
  return {
    get,
    set(sessionId, text) {
      const place = placeOf(sessionId);
      const kept = shared.getItem(place);
      const ours = kept === null || kept === get(sessionId);
      drafts.set(sessionId, text);
      keep(own, place, text);
      if (ours) keep(shared, place, text);
    },
  };
}

function keep(storage: TextStorage, place: string, text: string): void {
  if (text.trim()) storage.setItem(place, text);
  else storage.removeItem(place);
}

/** Puts words before those that somebody is just writing. */
export const putBefore = (words: string, draft: string): string =>
  draft.trim() ? `${words}\n\n${draft}` : words;

/** What a draft holds beside what of it was `sent`. */
export const addedSince = (sent: string, draft: string): string =>
  draft.startsWith(sent) ? draft.slice(sent.length).trimStart() : draft;
