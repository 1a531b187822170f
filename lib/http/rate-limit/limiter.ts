import type { RateWindow } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/log-port';
import type { Count, Counter } from './counter';

/** A request's standing: in the window that refused it, else in the first one. */
export interface Standing extends Count {
  readonly window: RateWindow;
}

export type Limiter = (key: string) => Promise<Standing>;

interface Deps {
  readonly shared: ((window: RateWindow) => Counter) | null;
  readonly local: (window: RateWindow) => Counter;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly ticks: () => number;
}

const STORE_WAIT_MS = 300;
const WARN_EVERY_MS = 60_000;

/**
 * Counts a request in each window, in the order they are written; the first that is full refuses it and the others
 * are not asked. A shared store that is down or slow is stood in for by this process's own count: chat costs money.
 */
export function limiter(
  windows: readonly RateWindow[],
  { shared, local, log, ticks }: Deps,
): Limiter {
  let warnedAt = -Infinity;
  const counters = windows.map((window) => ({
    window,
    shared: shared?.(window) ?? null,
    local: local(window),
  }));

  const warn = (thrown: unknown) => {
    if (ticks() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = ticks();
    // Upstash's client adds the whole command, and with it the address that was counted.
    const [cause] = causesOf(thrown).split(', command was');
    log.warn({ event: 'ratelimit.store_down', cause });
  };

  return async (key) => {
    // All windows of a request share one wait, and a store that failed in one is not asked for the next.
    let waitUntil = ticks() + STORE_WAIT_MS;
    const count = async (counter: (typeof counters)[number]): Promise<Count> => {
      const wait = waitUntil - ticks();
      if (!counter.shared || wait <= 0) return counter.local.limit(key);
      try {
        return await within(wait, counter.shared.limit(key));
      } catch (cause) {
        waitUntil = -Infinity;
        warn(cause);
        return counter.local.limit(key);
      }
    };

    let first: Standing | null = null;
    for (const counter of counters) {
      const standing = { ...(await count(counter)), window: counter.window };
      if (!standing.success) return standing;
      first ??= standing;
    }
    if (!first) throw new Error('A rate limit without a window');
    return first;
  };
}

async function within<T>(ms: number, counted: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The store of the rate limit is too slow'));
    }, ms);
  });
  // It may still fail after the wait is over, and nobody listens any more.
  counted.catch(() => undefined);
  try {
    return await Promise.race([counted, late]);
  } finally {
    clearTimeout(timer);
  }
}
