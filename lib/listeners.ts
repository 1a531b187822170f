/** Functions that want to know when something changes. */
export interface Listeners {
  size(): number;
  notify(): void;
  clear(): void;
  /** Returns an unsubscribe function; it calls `emptied` when that was the last listener. */
  add(listener: () => void, emptied?: () => void): () => void;
}

/**
 * With `onFault` a listener that throws harms neither the caller of `notify` nor the other listeners: `onFault` is given
 * what it threw, and it is called no more. Without, `notify` throws it.
 */
export function listeners(onFault: (cause: unknown) => void = rethrow): Listeners {
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
      for (const listener of all.keys()) {
        try {
          listener();
        } catch (cause) {
          onFault(cause);
          remove(listener);
        }
      }
    },
    add(listener, emptied) {
      all.set(listener, emptied);
      return () => {
        remove(listener);
      };
    },
  };
}

const rethrow = (cause: unknown): never => {
  throw cause;
};
