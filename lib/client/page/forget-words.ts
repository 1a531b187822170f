const OURS = 'ask-next:';
const FORGOTTEN = `${OURS}forgotten`;

/** What is used of a browser's storage to empty it. */
type Emptied = Pick<Storage, 'length' | 'key' | 'removeItem'>;

/** Removes everything that this program keeps there: drafts, words that were not sent, choices. */
export function emptyOurs(storage: Emptied): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
  for (const key of keys) if (key?.startsWith(OURS)) storage.removeItem(key);
}

/** Forgets the words in this browser, and has its other tabs do the same. */
export function forgetWords(): void {
  emptyStorages();
  try {
    // The other tabs are told of the change; nothing is to stay.
    localStorage.setItem(FORGOTTEN, String(Date.now()));
    localStorage.removeItem(FORGOTTEN);
  } catch {
    // Where nothing may be kept, no tab has kept anything.
  }
}

/** Calls `onForgotten` when another tab had everything forgotten, after the words of this tab went too. */
export function whenForgotten(onForgotten: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key !== FORGOTTEN || newValue === null) return;
    emptyStorages();
    onForgotten();
  };
  window.addEventListener('storage', onStorage);
  return () => {
    window.removeEventListener('storage', onStorage);
  };
}

// Where site data is forbidden, even to name it throws.
function emptyStorages(): void {
  for (const open of [() => localStorage, () => sessionStorage]) {
    try {
      emptyOurs(open());
    } catch {
      // Nothing was kept there.
    }
  }
}
