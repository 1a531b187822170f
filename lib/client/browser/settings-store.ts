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
  const cached = new Map<Setting, string | null>();
  const keyOf = (name: Setting) => `ask-next:${name}`;
  return {
    get(name) {
      const value = cached.has(name) ? cached.get(name) : storage.getItem(keyOf(name));
      cached.set(name, value ?? null);
      return value ?? null;
    },
    set(name, value) {
      storage.setItem(keyOf(name), value);
      cached.set(name, value);
      notify();
    },
    readAgain() {
      cached.clear();
      notify();
    },
    subscribe: add,
  };
}
