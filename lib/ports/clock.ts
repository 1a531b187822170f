/** Time as a dependency. */
export interface Clock {
  now(): Date;
  /** Monotonic milliseconds, for measuring. */
  ticks(): number;
  /** Calls `run` once after `ms` milliseconds. Returns a cancel function. */
  after(ms: number, run: () => void): () => void;
}
