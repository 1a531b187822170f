import type { TextStorage } from './safe-storage';

/** A storage like a browser's, with these items in it. */
export function storageWith(items = new Map<string, string>()): TextStorage & { size(): number } {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    size: () => items.size,
  };
}
