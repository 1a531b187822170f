import type { TextStorage } from '@/lib/client/browser/safe-storage';

/** A scroll position: the element with this key is `top` pixels below the top of the scroller. */
export interface ScrollPosition {
  readonly key: string;
  readonly top: number;
}

const placeOf = (sessionId: string) => `ask-next:place:${sessionId}`;

/** Null: at the end. */
export function saveScrollPosition(
  storage: TextStorage,
  sessionId: string,
  place: ScrollPosition | null,
): void {
  if (place) storage.setItem(placeOf(sessionId), JSON.stringify(place));
  else storage.removeItem(placeOf(sessionId));
}

export function readScrollPosition(storage: TextStorage, sessionId: string): ScrollPosition | null {
  try {
    const stored: unknown = JSON.parse(storage.getItem(placeOf(sessionId)) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return null;
    const { key, top } = stored as Partial<Record<keyof ScrollPosition, unknown>>;
    return typeof key === 'string' && typeof top === 'number' ? { key, top } : null;
  } catch {
    return null;
  }
}
