import { useCallback, useSyncExternalStore } from 'react';
import { listeners } from '@/lib/listeners';
import { browserStorage } from './safe-storage';

const { notify, add } = listeners();

function subscribe(listener: () => void): () => void {
  const remove = add(listener);
  window.addEventListener('storage', listener);
  return () => {
    remove();
    window.removeEventListener('storage', listener);
  };
}

type Setting = 'model' | 'notices' | 'reasoning' | 'send-key' | 'sends' | 'stream';

/** A setting for handlers, as it is now. */
export const settingNow = (name: Setting): string | null =>
  browserStorage.getItem(`ask-next:${name}`);

/** A setting stored in this browser and shared by its tabs; null until it is set. */
export function useSetting(name: Setting): [string | null, (value: string) => void] {
  const place = `ask-next:${name}`;
  const value = useSyncExternalStore(
    subscribe,
    () => settingNow(name),
    () => null,
  );
  const set = useCallback(
    (next: string) => {
      browserStorage.setItem(place, next);
      notify();
    },
    [place],
  );
  return [value, set];
}
