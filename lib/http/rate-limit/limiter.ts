import type { RateWindow } from '@/lib/env';
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
  readonly ticks: () => number;
}

const STORE_WAIT_MS = 300;
const WARN_EVERY_MS = 60_000;

/**
 * Counts a request in each window, shortest first as written; the first that is full refuses it and the others are
 * not asked. A shared store that is down or slow is stood in for by this process's own count: chat costs money.
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

  const warn = (cause: unknown) => {
    if (ticks() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = ticks();
    log.warn({
      event: 'ratelimit.store_down',
      error: cause instanceof Error ? cause.name : 'unknown',
    });
  };

  const count = async (key: string, { shared: store, local: own }: (typeof counters)[number]) => {
    if (!store) return own.limit(key);
    try {
      return await inTime(store.limit(key));
    } catch (cause) {
      warn(cause);
      return own.limit(key);
    }
  };

  return async (key) => {
    let first: Standing | null = null;
    for (const counter of counters) {
      const standing = { ...(await count(key, counter)), window: counter.window };
      if (!standing.success) return standing;
      first ??= standing;
    }
    if (!first) throw new Error('A rate limit without a window');
    return first;
  };
}

async function inTime<T>(counted: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The store of the rate limit is too slow'));
    }, STORE_WAIT_MS);
  });
  try {
    return await Promise.race([counted, late]);
  } finally {
    clearTimeout(timer);
    // It may still fail after the wait is over, and nobody listens any more.
    counted.catch(() => undefined);
  }
}
