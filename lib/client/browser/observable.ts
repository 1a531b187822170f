import { useSyncExternalStore } from 'react';
import { listeners } from '@/lib/listeners';

/** A value outside React. `subscribe` returns an unsubscribe function. */
export interface Observable<Value> {
  get(): Value;
  set(value: Value): void;
  subscribe(listener: () => void): () => void;
}

export function observable<Value>(initial: Value): Observable<Value> {
  const { notify, add } = listeners();
  let current = initial;
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      notify();
    },
    subscribe: (listener) => add(listener),
  };
}

/** Watches a value. The server, and the first drawing in the browser, see `onServer`. */
export const useObservable = <Value>(store: Observable<Value>, onServer: Value): Value =>
  useSyncExternalStore(store.subscribe, store.get, () => onServer);
