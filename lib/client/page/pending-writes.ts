/** This tab's changes that the server has not confirmed yet. */
export interface PendingWrites {
  get(): number;
  /** All changes so far, including finished ones. */
  count(): number;
  /** Counts a change until it settles. */
  during<Value>(change: Promise<Value>): Promise<Value>;
}

export function openPendingWrites(): PendingWrites {
  let now = 0;
  let all = 0;
  return {
    get: () => now,
    count: () => all,
    async during(change) {
      now += 1;
      all += 1;
      try {
        return await change;
      } finally {
        now -= 1;
      }
    },
  };
}
