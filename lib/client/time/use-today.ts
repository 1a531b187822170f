import { useEffect, useSyncExternalStore } from 'react';
import { TIME_ZONE_COOKIE } from '@/lib/page/cookies';
import { rememberForServer } from '@/lib/client/browser/cookies';
import { listeners } from '@/lib/listeners';

interface Today {
  readonly now: number;
  readonly timeZone: string;
}

/** The quarter of an hour and the time zone for calendar days: the server's during hydration, then the browser's. */
export function useToday(server: Today): Today {
  const quarter = useSyncExternalStore(everyMinute, currentQuarter, () => null);
  const own = useSyncExternalStore(everyMinute, ownTimeZone, () => null);
  useEffect(() => {
    rememberForServer(TIME_ZONE_COOKIE, ownTimeZone());
  }, []);
  return { now: quarter ?? server.now, timeZone: own ?? server.timeZone };
}

const QUARTER_MS = 900_000;

/** The start of a quarter of an hour. In every time zone, midnight is one. */
export const quarterOf = (time: number): number => Math.floor(time / QUARTER_MS) * QUARTER_MS;

const currentQuarter = () => quarterOf(Date.now());
const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

const MINUTE_MS = 60_000;

const minutes = listeners();
let timer: ReturnType<typeof setInterval> | undefined;

/** Calls `changed` every minute; one timer serves all. Returns an unsubscribe function. */
export function everyMinute(changed: () => void): () => void {
  timer ??= setInterval(minutes.notify, MINUTE_MS);
  return minutes.add(changed, () => {
    clearInterval(timer);
    timer = undefined;
  });
}
