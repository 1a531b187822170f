import { useSyncExternalStore } from 'react';
import { everyMinute } from './use-today';

// The language and the time zone are the visitor's, which only the browser knows.
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const sameYear = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const today = () => new Date().toDateString();

/** A time, ISO 8601, as the visitor writes it: 14:05, and with its day if that is not today. Empty until hydration. */
export function useLocalTime(iso: string): { readonly short: string; readonly long: string } {
  const day = useSyncExternalStore(everyMinute, today, () => null);
  if (day === null) return { short: '', long: '' };
  const at = new Date(iso);
  const earlier = day.endsWith(` ${String(at.getFullYear())}`) ? sameYear : full;
  return { short: (at.toDateString() === day ? time : earlier).format(at), long: full.format(at) };
}
