/** The part of the Web Storage API that this app uses. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * A storage that never throws. What the browser cannot store (full or blocked) is kept in memory until the page closes.
 */
export function safeStorage(open: () => TextStorage): TextStorage {
  const unkept = new Map<string, string>();
  return {
    getItem(key) {
      const ours = unkept.get(key);
      if (ours !== undefined) return ours;
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        open().setItem(key, value);
        unkept.delete(key);
      } catch {
        unkept.set(key, value);
      }
    },
    removeItem(key) {
      unkept.delete(key);
      try {
        open().removeItem(key);
      } catch {
        // Storage is blocked, so nothing was stored.
      }
    },
  };
}

// Where site data is blocked, even accessing `localStorage` throws.
export const browserStorage = safeStorage(() => localStorage);
export const tabStorage = safeStorage(() => sessionStorage);
