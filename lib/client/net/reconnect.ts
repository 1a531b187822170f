/** How long a stream may be silent: three of the server's keep-alive comments may be missed. */
export const SILENCE_MS = 50_000;

const PAUSES_MS = [250, 1000, 2000, 4000, 8000];
const LONGEST_MS = 15_000;

/** How long to wait before the next attempt, jittered so that many browsers do not come back at once. */
export function reconnectPause(attempt: number, random: () => number): number {
  const pause = PAUSES_MS[attempt] ?? LONGEST_MS;
  return Math.round(pause * (0.5 + random() / 2));
}

export type Pause = (
  /** Counts the attempts that failed in a row. */
  attempt: number,
  signal: AbortSignal,
  /** Before it the server said that it will not answer; nothing shortens that. */
  retryAt?: number | null,
) => Promise<void>;

/** Waits before another attempt, but only until the network or the person comes back, or the signal aborts. */
export const pauseBefore: Pause = (attempt, signal, retryAt = null) => {
  const least = retryAt === null ? 0 : retryAt - Date.now();
  if (least > 0) return pauseFor(Math.min(least, LONGEST_TIMER_MS), signal);
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', go);
      resolve();
    };
    const look = () => {
      if (!document.hidden) go();
    };
    const timer = setTimeout(go, reconnectPause(attempt, Math.random));
    window.addEventListener('online', go);
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', go);
  });
};

/** A browser runs a timer that is set for longer at once. */
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
