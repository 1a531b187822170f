/** Time, as a capability is given it. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never go back, for measuring. */
  ticks(): number;
  /** Calls `run` once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}
