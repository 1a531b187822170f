const OURS = 'ask-next:';
const FORGOTTEN = `${OURS}forgotten`;
const NOTICES_MS = 500;

/** The part of the Web Storage API needed to clear it. */
type Emptied = Pick<Storage, 'length' | 'key' | 'removeItem'>;

/** Removes everything this app stored: drafts, unsent messages, settings. */
export function clearStorage(storage: Emptied): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
  for (const key of keys) if (key?.startsWith(OURS)) storage.removeItem(key);
}

/** Clears this browser's storage, notifies the other tabs, and closes notices. Never rejects. */
export async function clearBrowserData(): Promise<void> {
  clearStorages();
  try {
    // The `storage` event notifies the other tabs; the key itself is not kept.
    localStorage.setItem(FORGOTTEN, String(Date.now()));
    localStorage.removeItem(FORGOTTEN);
  } catch {
    // Where storage is blocked, no tab has stored anything.
  }
  // A browser that answers late must not keep the person on the page.
  await Promise.race([closeNotices(), new Promise((resolve) => setTimeout(resolve, NOTICES_MS))]);
}

/**
 * Calls `onForgotten` when another tab cleared the storage, after clearing this tab's. Returns an unsubscribe function.
 */
export function onBrowserDataCleared(onForgotten: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key !== FORGOTTEN || newValue === null) return;
    clearStorages();
    onForgotten();
  };
  window.addEventListener('storage', onStorage);
  return () => {
    window.removeEventListener('storage', onStorage);
  };
}

// Where site data is blocked, even accessing `localStorage` throws.
function clearStorages(): void {
  for (const open of [() => localStorage, () => sessionStorage]) {
    try {
      clearStorage(open());
    } catch {
      // Nothing was stored.
    }
  }
}

/** Closes open notices, because they show the beginning of replies. Never rejects. */
async function closeNotices(): Promise<void> {
  // Browsers have none over plain HTTP.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  try {
    const worker = await workers?.getRegistration('/');
    for (const notice of (await worker?.getNotifications()) ?? []) notice.close();
  } catch {
    // Where site data is blocked, there is no worker.
  }
}
