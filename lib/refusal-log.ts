import type { Log } from '@/lib/ports/log';

const EVERY_MS = 60_000;

/** Warns that a bound was reached, at most once a minute per bound: refused clients may retry often. */
export function refusalLog(log: Pick<Log, 'warn'>, ticks: () => number): (bound: string) => void {
  const loggedAt = new Map<string, number>();
  return (bound) => {
    const now = ticks();
    if (now - (loggedAt.get(bound) ?? -Infinity) < EVERY_MS) return;
    loggedAt.set(bound, now);
    log.warn({ event: 'bound.reached', bound });
  };
}
