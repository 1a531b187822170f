import type { StoredSettings } from './changeable';

/** Shared between the bundles of a process. */
const STORED = Symbol.for('ask-next.stored-settings');
const place = globalThis as { [STORED]?: StoredSettings };
const NONE: StoredSettings = {};

/** The same object until they change. */
export const storedSettings = (): StoredSettings => place[STORED] ?? NONE;

/** From now on `env()` has them. */
export function useStoredSettings(stored: StoredSettings): void {
  place[STORED] = stored;
}
