/** Functions that want to know when something changes. */
export interface Listeners {
  size(): number;
  notify(): void;
  clear(): void;
  /** Returns an unsubscribe function; it calls `emptied` when that was the last listener. */
  add(listener: () => void, emptied?: () => void): () => void;
}

/**
 * With `onFault` a listener that throws harms neither the caller of `notify` nor the other listeners: it is called no
 * more, and `onFault` is given what it threw. Without, `notify` throws it, and the listener stays.
 */
export function listeners(onFault?: (cause: unknown) => void): Listeners {
  const all = new Map<() => void, (() => void) | undefined>();

  const remove = (listener: () => void) => {
    const emptied = all.get(listener);
    if (all.delete(listener) && all.size === 0) emptied?.();
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
    add(listener, emptied) {
      all.set(listener, emptied);
      return () => {
        remove(listener);
      };
    },
  };
}
