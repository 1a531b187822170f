/** What is used of a browser's storage. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A storage that never throws. What the browser does not keep, because it is full or forbids it, lasts as long as the page. */
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
        // Nothing was kept there.
      }
    },
  };
}

// Where site data is forbidden, even to name it throws.
export const browserStorage = safeStorage(() => localStorage);
export const tabStorage = safeStorage(() => sessionStorage);
