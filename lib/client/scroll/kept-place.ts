import type { TextStorage } from '@/lib/client/browser/safe-storage';

/** A scroll position: the element with this key is `top` pixels below the top of the scroller. */
export interface Place {
  readonly key: string;
  readonly top: number;
}

const placeOf = (sessionId: string) => `ask-next:place:${sessionId}`;

/** Null: at the end. */
export function keepPlace(storage: TextStorage, sessionId: string, place: Place | null): void {
  if (place) storage.setItem(placeOf(sessionId), JSON.stringify(place));
  else storage.removeItem(placeOf(sessionId));
}

export function readPlace(storage: TextStorage, sessionId: string): Place | null {
  try {
    const stored: unknown = JSON.parse(storage.getItem(placeOf(sessionId)) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return null;
    const { key, top } = stored as Partial<Record<keyof Place, unknown>>;
    return typeof key === 'string' && typeof top === 'number' ? { key, top } : null;
  } catch {
    return null;
  }
}
