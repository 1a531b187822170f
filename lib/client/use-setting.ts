import { useCallback, useSyncExternalStore } from 'react';
import { browserStorage } from './safe-storage';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** A choice that this browser remembers, shared by all its tabs; null until one is made. */
export function useSetting(name: 'model' | 'stream'): [string | null, (value: string) => void] {
  const place = `ask-next:${name}`;
  const value = useSyncExternalStore(
    subscribe,
    () => browserStorage.getItem(place),
    () => null,
  );
  const set = useCallback(
    (next: string) => {
      browserStorage.setItem(place, next);
      for (const listener of listeners) listener();
    },
    [place],
  );
  return [value, set];
}
