import type { TextStorage } from './safe-storage';

/** An in-memory Web Storage with these items. */
export function storageWith(items = new Map<string, string>()): TextStorage & { size(): number } {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    size: () => items.size,
  };
}
