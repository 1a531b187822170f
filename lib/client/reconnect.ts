/** How long a stream may be silent: three of the server's keep-alive comments may be missed. */
export const SILENCE_MS = 50_000;

const PAUSES_MS = [250, 1000, 2000, 4000, 8000];
const LONGEST_MS = 15_000;

/** How long to wait before the next attempt, jittered so that many browsers do not come back at once. */
export function reconnectPause(attempt: number, random: () => number): number {
  const pause = PAUSES_MS[attempt] ?? LONGEST_MS;
  return Math.round(pause * (0.5 + random() / 2));
}

/** Waits before another attempt, but only until the network or the person comes back, or the signal aborts. */
export function pauseBefore(attempt: number, signal: AbortSignal): Promise<void> {
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
}
