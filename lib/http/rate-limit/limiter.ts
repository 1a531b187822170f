import type { RateWindow } from '@/lib/env';
import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';

export interface Count {
  readonly success: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly reset: number;
}

/** Counts one request against one window. */
export type Counter = (key: string) => Promise<Count>;

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
  /** The timeout: the shared store counts as slow when no request had an answer of it for so long. */
  readonly patienceMs: number;
}

const WARN_EVERY_MS = 60_000;
/** The wait for an answer is of so many short ones, in each of which what has arrived gets its turn. */
const STEPS = 10;
/** So many at most, whoever else is answered meanwhile. */
const STEPS_MAX = 100;

/**
 * A shared store that is down or slow is stood in for by this process's own count: chat costs money. Time in which this
 * process was busy, or others came first, is not the store's.
 */
export function limiter({ shared, local, log, ticks, patienceMs }: Deps): Limiter {
  if (!shared) return local;
  let warnedAt = -Infinity;
  let answers = 0;

  const warn = (thrown: unknown) => {
    if (ticks() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = ticks();
    log.warn({ event: 'ratelimit.store_down', cause: causesOf(thrown) });
  };

  const answered = async (key: string): Promise<Standing> => {
    const standing = await shared(key);
    answers += 1;
    return standing;
  };

  return async (key) => {
    try {
      return await inTime(patienceMs / STEPS, answered(key), () => answers);
    } catch (cause) {
      warn(cause);
      return local(key);
    }
  };
}

async function inTime<T>(stepMs: number, answer: Promise<T>, answers: () => number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    let steps = 0;
    let silent = 0;
    let heard = answers();
    timer = setInterval(() => {
      steps += 1;
      silent = heard === answers() ? silent + 1 : 0;
      heard = answers();
      if (silent >= STEPS || steps >= STEPS_MAX)
        reject(new Error('The store of the rate limit is too slow'));
    }, stepMs);
  });
  // It may still fail after the wait is over, and nobody listens any more.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearInterval(timer);
  }
}
