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

/** A setting stored in this browser and shared by its tabs; null until it is set. */
type Setting = 'model' | 'stream' | 'sends' | 'send-key' | 'reasoning';

export function useSetting(name: Setting): [string | null, (value: string) => void] {
  const place = `ask-next:${name}`;
  const value = useSyncExternalStore(
    subscribe,
    () => browserStorage.getItem(place),
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
