// UTC days, such as 2026-01-31, and months. As texts they sort by time.
const DAY_MS = 86_400_000;

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** The first day of the month. */
export const monthOf = (time: Date): string => `${dayOf(time).slice(0, 8)}01`;

export const daysBefore = (time: Date, days: number): string =>
  dayOf(new Date(time.getTime() - days * DAY_MS));

/** When the day or month ends. */
export function endOf(window: 'day' | 'month', now: Date): Date {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return new Date(window === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1));
}
