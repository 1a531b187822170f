import type { TextStorage } from '@/lib/client/browser/safe-storage';

/** Words not yet sent, per session; null: the one that is still to be begun. They survive a reload. */
export interface Drafts {
  get(sessionId: string | null): string;
  set(sessionId: string | null, text: string): void;
}

const placeOf = (sessionId: string | null) => `ask-next:draft:${sessionId ?? 'new'}`;

/** The places of the shared drafts, the one written last at the end. */
const PLACES = 'ask-next:drafts';
/** So many are kept: a browser keeps what is in it for years, and a session may long be gone. */
const PLACES_MAX = 100;

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
      if (!ours) return;
      keep(shared, place, text);
      // Not with each key that is pressed: only with the first of a draft, and when it is gone.
      const [was, is] = [kept !== null, text.trim() !== ''];
      if (was !== is) notePlace(shared, place, is);
    },
  };
}

function keep(storage: TextStorage, place: string, text: string): void {
  if (text.trim()) storage.setItem(place, text);
  else storage.removeItem(place);
}

/** Notes that a draft came or went, and removes the oldest where there are too many. */
function notePlace(shared: TextStorage, place: string, came: boolean): void {
  const others = readPlaces(shared).filter((other) => other !== place);
  const places = came ? [...others, place] : others;
  const tooMany = places.splice(0, Math.max(0, places.length - PLACES_MAX));
  for (const old of tooMany) shared.removeItem(old);
  if (places.length > 0) shared.setItem(PLACES, JSON.stringify(places));
  else shared.removeItem(PLACES);
}

function readPlaces(shared: TextStorage): string[] {
  try {
    const stored: unknown = JSON.parse(shared.getItem(PLACES) ?? '[]');
    return Array.isArray(stored) ? stored.filter((place) => typeof place === 'string') : [];
  } catch {
    return [];
  }
}

/** Puts words before those that somebody is just writing. */
export const putBefore = (words: string, draft: string): string =>
  draft.trim() ? `${words}\n\n${draft}` : words;

/** What stands in a field that was typed into before its draft was read; a browser may have put the draft there itself. */
export const withEarlyWords = (draft: string, typed: string): string =>
  typed.startsWith(draft) ? typed : draft.includes(typed) ? draft : putBefore(draft, typed);

/** What a draft holds beside what of it was `sent`. */
export const addedSince = (sent: string, draft: string): string =>
  draft.startsWith(sent) ? draft.slice(sent.length).trimStart() : draft;
