import { listeners } from '@/lib/listeners';
import type { TextStorage } from './safe-storage';

export type Setting = 'model' | 'notices' | 'reasoning' | 'send-key' | 'sends' | 'stream';

/** The settings of this browser, each read once until it changes: pages ask at each key that is pressed. */
export interface SettingsStore {
  /** Null until it is set. */
  readonly get: (name: Setting) => string | null;
  readonly set: (name: Setting, value: string) => void;
  /** Another tab may have changed some. */
  readonly readAgain: () => void;
  /** Returns an unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function openSettings(storage: TextStorage): SettingsStore {
  const { notify, add } = listeners();
  const known = new Map<Setting, string | null>();
  const placeOf = (name: Setting) => `ask-next:${name}`;
  return {
    get(name) {
      const value = known.has(name) ? known.get(name) : storage.getItem(placeOf(name));
      known.set(name, value ?? null);
      return value ?? null;
    },
    set(name, value) {
      storage.setItem(placeOf(name), value);
      known.set(name, value);
      notify();
    },
    readAgain() {
      known.clear();
      notify();
    },
    subscribe: add,
  };
}
