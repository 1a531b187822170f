import type { RateWindow } from '@/lib/env/limits';
import { causesOf } from '@/lib/errors';
import type { Log } from '@/lib/ports/log';

export interface Count {
  readonly success: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly reset: number;
}

/** Counts one request against one window of a rate limit. */
export type Counter = (key: string) => Promise<Count>;

/** The state of the window that refused the request, else of the first one. */
export interface RateResult extends Count {
  readonly window: RateWindow;
}

export type Limiter = (key: string) => Promise<RateResult>;

interface Deps {
  /** Counts for all instances; null: there is only one. */
  readonly shared: Limiter | null;
  readonly local: Limiter;
  readonly log: Log;
  /** A monotonic clock, in milliseconds. */
  readonly ticks: () => number;
  /** The timeout: the shared store is slow when it has answered no request for this long. */
  readonly timeoutMs: number;
}

const WARN_EVERY_MS = 60_000;
/** The timeout is split into this many timers, so that a busy event loop can handle answers in between. */
const STEPS = 10;
/** The limit for one request, even while the store answers others. */
const STEPS_MAX = 100;

/**
 * Falls back to this process's own count when the shared store fails or times out: chat costs money, so there is always
 * a limit. Time in which this process was busy, or the store answered other requests, is not a timeout.
 */
export function limiter({ shared, local, log, ticks, timeoutMs }: Deps): Limiter {
  if (!shared) return local;
  let warnedAt = -Infinity;
  let answers = 0;

  const warn = (thrown: unknown) => {
    if (ticks() - warnedAt < WARN_EVERY_MS) return;
    warnedAt = ticks();
    log.warn({ event: 'ratelimit.count_failed', cause: causesOf(thrown) });
  };

  const answered = async (key: string): Promise<RateResult> => {
    const result = await shared(key);
    answers += 1;
    return result;
  };

  return async (key) => {
    try {
      return await inTime(timeoutMs / STEPS, answered(key), () => answers);
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
    let before = answers();
    timer = setInterval(() => {
      steps += 1;
      silent = before === answers() ? silent + 1 : 0;
      before = answers();
      if (silent >= STEPS || steps >= STEPS_MAX) reject(new Error('rate limit store timed out'));
    }, stepMs);
  });
  // A failure after the timeout must not be an unhandled rejection.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearInterval(timer);
  }
}
