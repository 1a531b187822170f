import type { Log } from '@/lib/ports/log';

const EVERY_MS = 60_000;

/** Says that something was refused for a bound, once a minute for each: whoever is refused may ask again and again. */
export function refusalLog(log: Pick<Log, 'warn'>, ticks: () => number): (bound: string) => void {
  const said = new Map<string, number>();
  return (bound) => {
    const now = ticks();
    if (now - (said.get(bound) ?? -Infinity) < EVERY_MS) return;
    said.set(bound, now);
    log.warn({ event: 'bound.reached', bound });
  };
}
