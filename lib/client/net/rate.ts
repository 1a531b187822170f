import type { Texts } from '@/lib/texts/texts';
/** What the server says of the rate limit for messages. Times are milliseconds since 1970. */
export interface Rate {
  readonly remaining: number;
  readonly resetAt: number;
}

/** Null without a rate limit in the headers. The header counts seconds from `now`, so a wrong clock does no harm. */
export function readRate(headers: Headers, now: number): Rate | null {
  const [, remaining, seconds] =
    /;\s*r=(\d+);\s*t=(\d+)/.exec(headers.get('RateLimit') ?? '') ?? [];
  return remaining === undefined
    ? null
    : { remaining: Number(remaining), resetAt: now + Number(seconds) * 1000 };
}

/** When a `Retry-After` in seconds allows a retry, in milliseconds since 1970. */
export function readRetryAt(headers: Headers, now: number): number | null {
  const seconds = headers.get('Retry-After');
  return seconds !== null && /^\d+$/.test(seconds) ? now + Number(seconds) * 1000 : null;
}

const FEW = 3;

export const runsLow = (rate: Rate | null): rate is Rate => rate !== null && rate.remaining <= FEW;

/** Tells how many messages are left, once they are few. */
export function rateText(texts: Texts, rate: Rate | null, now: number): string | null {
  if (!runsLow(rate) || rate.resetAt <= now) return null;
  const window =
    rate.resetAt - now <= 60_000
      ? texts.composer.thisMinute
      : texts.composer.forWait(waitText(texts, rate.resetAt - now));
  return texts.composer.messagesLeft(rate.remaining, window);
}

/** A wait in short form: 40 s, 3 min, 2 h. */
export function waitText({ waits }: Texts, ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds <= 90) return waits.seconds(seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? waits.minutes(minutes) : waits.hours(Math.ceil(minutes / 60));
}
