import { useSyncExternalStore } from 'react';
import type { ValueStore } from './value-store';

/** Watches a value. The server, and the first drawing in the browser, see `onServer`. */
export const useValue = <Value>(store: ValueStore<Value>, onServer: Value): Value =>
  useSyncExternalStore(store.subscribe, store.get, () => onServer);
