const DAY_MS = 86_400_000;

/** An unknown time zone counts as UTC. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}

/** Numbers the days of a time zone: the number grows by one at local midnight, also across a clock change. */
export function calendarDay(timeZone: string): (time: number) => number {
  // The Swedish locale formats dates as ISO does.
  const iso = format('sv-SE', { timeZone });
  return (time) => Math.floor(Date.parse(iso.format(time)) / DAY_MS);
}

/** A date as people write it: Nov 24, 2026. In the reader's own time zone without another. */
export function writtenDate(locale: string, timeZone?: string): (time: number) => string {
  const date = format(locale, { dateStyle: 'medium', ...(timeZone !== undefined && { timeZone }) });
  return (time) => date.format(time);
}

/** Past days as people write them: today, yesterday, Nov 24, 2026. The same on the server and in any browser. */
export function writtenDay(
  locale: string,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): (time: number) => string {
  const dayOf = calendarDay(timeZone);
  const date = writtenDate(locale, timeZone);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return (time) => {
    const ago = Math.max(0, dayOf(now) - dayOf(time));
    return ago > 1 ? date(time) : relative.format(-ago, 'day');
  };
}
