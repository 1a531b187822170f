/** The changes of this tab that the server has not answered yet. */
export interface Changing {
  get(): number;
  /** How many there were in all. */
  count(): number;
  /** Counts a change while it lasts. */
  during<Value>(change: Promise<Value>): Promise<Value>;
}

export function openChanging(): Changing {
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
