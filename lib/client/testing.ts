import type { DraftStorage } from './drafts';

/** A storage like a browser's, with nothing in it. */
export function memoryStorage(): DraftStorage & { size(): number } {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    size: () => items.size,
  };
}
