import { useCallback, useSyncExternalStore } from 'react';
import { browserStorage } from './safe-storage';
import { type Setting, openSettings } from './settings-store';

const settings = openSettings(browserStorage);
let isListening = false;

/** A setting for handlers, as it is now. */
export function settingNow(name: Setting): string | null {
  if (!isListening) {
    isListening = true;
    window.addEventListener('storage', settings.readAgain);
    // A page restored from the back/forward cache has missed `storage` events.
    window.addEventListener('pageshow', settings.readAgain);
  }
  return settings.get(name);
}

/** A setting stored in this browser and shared by its tabs; null until it is set. */
export function useSetting(name: Setting): [string | null, (value: string) => void] {
  const value = useSyncExternalStore(
    settings.subscribe,
    () => settingNow(name),
    () => null,
  );
  const set = useCallback(
    (next: string) => {
      settings.set(name, next);
    },
    [name],
  );
  return [value, set];
}
