import type { RateWindow } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/log-port';
import type { Count } from './counter';

/** A request's standing: in the window that refused it, else in the first one. */
export interface Standing extends Count {
  readonly window: RateWindow;
}

export type Limiter = (key: string) => Promise<Standing>;

interface Deps {
  /** Counts for all instances; null: there is but one. */
  readonly shared: Limiter | null;
  readonly local: Limiter;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly ticks: () => number;
}

const STORE_WAIT_MS = 300;
const WARN_EVERY_MS = 60_000;

/** A shared store that is down or slow is stood in for by this process's own count: chat costs money. */
export function limiter({ shared, local, log, ticks }: Deps): Limiter {
  if (!shared) return local;
  let warnedAt = -Infinity;

  const warn = (thrown: unknown) => {
    if (ticks() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = ticks();
    // Upstash's client adds the whole command, and with it the address that was counted.
    const [cause] = causesOf(thrown).split(', command was');
    log.warn({ event: 'ratelimit.store_down', cause });
  };

  return async (key) => {
    try {
      return await within(STORE_WAIT_MS, shared(key));
    } catch (cause) {
      warn(cause);
      return local(key);
    }
  };
}

const STEPS = 10;

/**
 * The wait is of ten short ones, each of which gives what has arrived its turn: time in which this process was busy is
 * not the store's, and many who wait at once shall not all be counted by themselves.
 */
async function within<T>(ms: number, counted: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    let steps = 0;
    timer = setInterval(() => {
      steps += 1;
      if (steps >= STEPS) reject(new Error('The store of the rate limit is too slow'));
    }, ms / STEPS);
  });
  // It may still fail after the wait is over, and nobody listens any more.
  counted.catch(() => undefined);
  try {
    return await Promise.race([counted, late]);
  } finally {
    clearInterval(timer);
  }
}
