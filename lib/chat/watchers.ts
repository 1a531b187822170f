/** Who is told of changes, each of them whatever the others do. */
export interface Watchers {
  size(): number;
  tell(): void;
  clear(): void;
  /** The answer leaves; `emptied` is called when the last one has left. */
  add(changed: () => void, emptied: () => void): () => void;
}

export function watchersOf(): Watchers {
  const all = new Set<() => void>();
  return {
    size: () => all.size,
    clear: () => {
      all.clear();
    },
    tell() {
      for (const changed of all) {
        try {
          changed();
        } catch {
          // A watcher that cannot be told is none; the turn and the others go on.
          all.delete(changed);
        }
      }
    },
    add(changed, emptied) {
      all.add(changed);
      return () => {
        if (all.delete(changed) && all.size === 0) emptied();
      };
    },
  };
}
