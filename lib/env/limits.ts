import { z } from 'zod';

/** At most `limit` requests in `seconds`; `name` is the unit that the operator wrote. */
export interface RateWindow {
  readonly name: 'second' | 'minute' | 'hour' | 'day';
  readonly limit: number;
  readonly seconds: number;
}

const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

export const rateLimit = z.string().transform((text, context): RateWindow[] =>
  text.split(';').flatMap((part) => {
    const [, limit, name] =
      /^\s*([1-9]\d{0,8})\s*\/\s*(second|minute|hour|day)\s*$/.exec(part) ?? [];
    if (!limit || !name) {
      context.addIssue('must look like 20/minute;300/hour;2000/day');
      return [];
    }
    const window = name as RateWindow['name'];
    return [{ name: window, limit: Number(limit), seconds: SECONDS[window] }];
  }),
);

/** How much of the upstream the whole deployment may use per UTC day. */
export interface DailyLimit {
  readonly turns: number;
  readonly tokens: number;
}

export const dailyLimit = z.string().transform((text, context): DailyLimit => {
  const found = /^\s*([1-9]\d{0,8})\s*turns\s*;\s*([1-9]\d{0,11})\s*tokens\s*$/.exec(text);
  if (found) return { turns: Number(found[1]), tokens: Number(found[2]) };
  context.addIssue('must look like 10000 turns;50000000 tokens');
  return z.NEVER;
});
