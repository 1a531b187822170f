/** How long a stream may be silent, in milliseconds: three heartbeat comments of the server. */
export const IDLE_TIMEOUT_MS = 50_000;

const PAUSES_MS = [250, 1000, 2000, 4000, 8000];
const LONGEST_MS = 15_000;

/** The backoff before the next attempt, with jitter so that browsers do not reconnect all at once. */
export function backoffMs(attempt: number, random: () => number): number {
  const pause = PAUSES_MS[attempt] ?? LONGEST_MS;
  return Math.round(pause * (0.5 + random() / 2));
}

export type Backoff = (
  /** The number of failed attempts in a row. */
  attempt: number,
  signal: AbortSignal,
  /** The server refuses requests before this time; nothing shortens the wait. */
  retryAt?: number | null,
) => Promise<void>;

/** Waits before the next attempt. Ends early when the network or the tab comes back, or the signal aborts. */
export const waitForBackoff: Backoff = (attempt, signal, retryAt = null) => {
  const least = retryAt === null ? 0 : retryAt - Date.now();
  if (least > 0) return pauseFor(Math.min(least, LONGEST_TIMER_MS), signal);
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      document.removeEventListener('visibilitychange', onVisibility);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const onVisibility = () => {
      if (!document.hidden) go();
    };
    const timer = setTimeout(go, backoffMs(attempt, Math.random));
    window.addEventListener('online', go);
    document.addEventListener('visibilitychange', onVisibility);
    signal.addEventListener('abort', go);
  });
};

/** Browsers fire a timer with a longer delay at once. */
const LONGEST_TIMER_MS = 2_000_000_000;

const pauseFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    signal.addEventListener('abort', go);
  });
