import type { TextStorage } from '@/lib/client/browser/safe-storage';

/** Unsent text per session; null is the new session. Drafts survive a reload. */
export interface Drafts {
  get(sessionId: string | null): string;
  set(sessionId: string | null, text: string): void;
  /**
   * Moves the draft of a session to the new session, before the text that is there. From then on both share one draft,
   * so text typed until the page has changed is not lost.
   */
  moveToNew(sessionId: string): void;
}

const keyOf = (sessionId: string | null) => `ask-next:draft:${sessionId ?? 'new'}`;

/** The keys of the shared drafts, most recently written last. */
const KEYS = 'ask-next:drafts';
/** Browsers keep storage for years, and old drafts may belong to deleted sessions. Prune above this number. */
const KEYS_MAX = 100;

/**
 * `own` is this tab's storage. `shared` is for tabs opened later and holds one tab's draft, which other tabs neither
 * overwrite nor remove.
 */
export function openDrafts(own: TextStorage, shared: TextStorage): Drafts {
  const drafts = new Map<string | null, string>();
  const moved = new Set<string>();
  const current = (sessionId: string | null) =>
    sessionId !== null && moved.has(sessionId) ? null : sessionId;

  const get = (id: string | null) => {
    const sessionId = current(id);
    const key = keyOf(sessionId);
    const draft = drafts.get(sessionId) ?? own.getItem(key) ?? shared.getItem(key) ?? '';
    drafts.set(sessionId, draft);
    return draft;
  };
  const set = (id: string | null, text: string) => {
    const sessionId = current(id);
    const key = keyOf(sessionId);
    const sharedText = shared.getItem(key);
    const ours = sharedText === null || sharedText === get(sessionId);
    drafts.set(sessionId, text);
    keep(own, key, text);
    if (!ours) return;
    keep(shared, key, text);
    // Not with each keystroke: only when a draft is created or removed.
    const [was, is] = [sharedText !== null, text.trim() !== ''];
    if (was !== is) recordKey(shared, key, is);
  };

  return {
    get,
    set,
    moveToNew(sessionId) {
      const draft = get(sessionId);
      if (draft) set(null, prependToDraft(draft, get(null)));
      set(sessionId, '');
      moved.add(sessionId);
    },
  };
}

function keep(storage: TextStorage, key: string, text: string): void {
  if (text.trim()) storage.setItem(key, text);
  else storage.removeItem(key);
}

/** Records that a draft was created or removed, and prunes the oldest. */
function recordKey(shared: TextStorage, key: string, created: boolean): void {
  const others = readKeys(shared).filter((other) => other !== key);
  const keys = created ? [...others, key] : others;
  const tooMany = keys.splice(0, Math.max(0, keys.length - KEYS_MAX));
  for (const old of tooMany) shared.removeItem(old);
  if (keys.length > 0) shared.setItem(KEYS, JSON.stringify(keys));
  else shared.removeItem(KEYS);
}

function readKeys(shared: TextStorage): string[] {
  try {
    const stored: unknown = JSON.parse(shared.getItem(KEYS) ?? '[]');
    return Array.isArray(stored) ? stored.filter((key) => typeof key === 'string') : [];
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
