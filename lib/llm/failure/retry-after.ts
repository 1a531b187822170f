import { messageOf, type ErrorBody } from './error-body';

/** Upper bound in seconds. */
const RETRY_AFTER_MAX = 3600;

/** Seconds until the upstream accepts a retry, from a header or its error; undefined if not stated. */
export function retryAfter(headers: Headers | undefined, error: ErrorBody): number | undefined {
  const seconds =
    millisecondsIn(headers) ??
    secondsOrDate(headers?.get('retry-after')) ??
    delayIn(error) ??
    delayInWords(error);
  return seconds === undefined ? undefined : Math.min(RETRY_AFTER_MAX, Math.max(0, seconds));
}

function millisecondsIn(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after-ms');
  const ms = value ? Number(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

function secondsOrDate(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  const number = Number(value);
  const seconds = Number.isNaN(number) ? (Date.parse(value) - Date.now()) / 1000 : number;
  return Number.isNaN(seconds) ? undefined : Math.ceil(seconds);
}

/** Google's form: `"details": [{"retryDelay": "31s"}]`. */
function delayIn({ details }: ErrorBody): number | undefined {
  for (const detail of Array.isArray(details) ? (details as unknown[]) : []) {
    if (typeof detail !== 'object' || detail === null || !('retryDelay' in detail)) continue;
    const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(String(detail.retryDelay)) ?? [];
    if (seconds !== undefined) return Number(seconds);
  }
  return undefined;
}

const UNIT = '(?:hours?|hrs?|h|milliseconds?|msecs?|ms|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])';
const WAIT = new RegExp(
  `\\b(?:try again|retry)\\b.{0,20}?\\b(?:in|after) ((?:\\d+(?:\\.\\d+)? ?${UNIT} ?)+)`,
  'i',
);
const STEP = /(\d+(?:\.\d+)?) ?(h|milli|ms|m|s)/gi;
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, milli: 0.001 };

/** As OpenAI, Groq and Azure say it: "Please try again in 1m20.5s". */
function delayInWords(error: ErrorBody): number | undefined {
  const [, wait] = WAIT.exec(messageOf(error)) ?? [];
  if (wait === undefined) return undefined;
  let seconds = 0;
  for (const [, count, unit = ''] of wait.matchAll(STEP))
    seconds += Number(count) * (SECONDS[unit.toLowerCase()] ?? 0);
  return seconds;
}
