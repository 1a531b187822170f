import type { TextStorage } from '@/lib/client/browser/safe-storage';

/** Unsent text per session; null is the new session. Drafts survive a reload. */
export interface Drafts {
  get(sessionId: string | null): string;
  set(sessionId: string | null, text: string): void;
  /**
   * A session is left for a new one, which gets its draft, before what it has. From then on both are one draft: what is
   * typed until the page has changed is not lost.
   */
  leave(sessionId: string): void;
}

const placeOf = (sessionId: string | null) => `ask-next:draft:${sessionId ?? 'new'}`;

/** The keys of the shared drafts, most recently written last. */
const PLACES = 'ask-next:drafts';
/** Browsers keep storage for years, and old drafts may belong to deleted sessions. Prune above this number. */
const PLACES_MAX = 100;

/**
 * `own` is this tab's storage. `shared` is for tabs opened later and holds one tab's draft, which other tabs neither
 * overwrite nor remove.
 */
export function openDrafts(own: TextStorage, shared: TextStorage): Drafts {
  const drafts = new Map<string | null, string>();
  const left = new Set<string>();
  const current = (sessionId: string | null) =>
    sessionId !== null && left.has(sessionId) ? null : sessionId;

  const get = (id: string | null) => {
    const sessionId = current(id);
    const place = placeOf(sessionId);
    const draft = drafts.get(sessionId) ?? own.getItem(place) ?? shared.getItem(place) ?? '';
    drafts.set(sessionId, draft);
    return draft;
  };
  const set = (id: string | null, text: string) => {
    const sessionId = current(id);
    const place = placeOf(sessionId);
    const kept = shared.getItem(place);
    const ours = kept === null || kept === get(sessionId);
    drafts.set(sessionId, text);
    keep(own, place, text);
    if (!ours) return;
    keep(shared, place, text);
    // Not with each keystroke: only when a draft is created or removed.
    const [was, is] = [kept !== null, text.trim() !== ''];
    if (was !== is) notePlace(shared, place, is);
  };

  return {
    get,
    set,
    leave(sessionId) {
      const draft = get(sessionId);
      if (draft) set(null, prependToDraft(draft, get(null)));
      set(sessionId, '');
      left.add(sessionId);
    },
  };
}

function keep(storage: TextStorage, place: string, text: string): void {
  if (text.trim()) storage.setItem(place, text);
  else storage.removeItem(place);
}

/** Records that a draft was created or removed, and prunes the oldest. */
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

/** Puts text before the current draft. */
export const prependToDraft = (text: string, draft: string): string =>
  draft.trim() ? `${text}\n\n${draft}` : text;

/** Merges a draft with text typed before hydration; the browser may have restored the draft into the field itself. */
export const withEarlyText = (draft: string, typed: string): string =>
  typed.startsWith(draft) ? typed : draft.includes(typed) ? draft : prependToDraft(draft, typed);

/** What was added to a draft after `sent` was sent. */
export const addedSince = (sent: string, draft: string): string =>
  draft.startsWith(sent) ? draft.slice(sent.length).trimStart() : draft;
