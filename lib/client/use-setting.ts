import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Where storage is forbidden a setting lasts as long as the page. */
const unstored = new Map<string, string>();

function read(place: string): string | null {
  try {
    return localStorage.getItem(place) ?? unstored.get(place) ?? null;
  } catch {
    return unstored.get(place) ?? null;
  }
}

function write(place: string, value: string): void {
  unstored.set(place, value);
  try {
    localStorage.setItem(place, value);
  } catch {
    // Full or forbidden.
  }
  for (const listener of listeners) listener();
}

/** A choice that this browser remembers, shared by all its tabs; null until one is made. */
export function useSetting(name: 'model' | 'stream'): [string | null, (value: string) => void] {
  const place = `ask-next:${name}`;
  const value = useSyncExternalStore(
    subscribe,
    () => read(place),
    () => null,
  );
  const set = useCallback(
    (next: string) => {
      write(place, next);
    },
    [place],
  );
  return [value, set];
}
