/** A set of callbacks, called by `notify`. */
export interface Listeners {
  size(): number;
  notify(): void;
  clear(): void;
  /** Returns an unsubscribe function; it calls `emptied` when that was the last listener. */
  add(listener: () => void, onEmpty?: () => void): () => void;
}

/**
 * With `onFault`, `notify` calls all listeners, removes those that throw, and passes each error to `onFault`. Without it,
 * `notify` throws the first error, and the listener stays.
 */
export function listeners(onFault?: (cause: unknown) => void): Listeners {
  const all = new Map<() => void, (() => void) | undefined>();

  const remove = (listener: () => void) => {
    const onEmpty = all.get(listener);
    if (all.delete(listener) && all.size === 0) onEmpty?.();
  };

  return {
    size: () => all.size,
    clear: () => {
      all.clear();
    },
    notify() {
      const faults: unknown[] = [];
      for (const listener of all.keys()) {
        try {
          listener();
        } catch (cause) {
          if (!onFault) throw cause;
          remove(listener);
          faults.push(cause);
        }
      }
      // Last, so that a report that fails keeps no listener from being called.
      for (const cause of faults) onFault?.(cause);
    },
    add(listener, onEmpty) {
      all.set(listener, onEmpty);
      return () => {
        remove(listener);
      };
    },
  };
}
