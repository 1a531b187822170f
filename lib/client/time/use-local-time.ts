import { useMemo, useSyncExternalStore } from 'react';
import { useTexts } from '@/lib/texts/use-texts';
import { ownLocale } from './own-locale';
import { everyMinute } from './use-today';

const today = () => new Date().toDateString();

/**
 * A time, ISO 8601, as the visitor writes it: 14:05, and with its day if that is not today; `long` has it always.
 * Empty until hydration.
 */
export function useLocalTime(iso: string): { readonly short: string; readonly long: string } {
  const { locale } = useTexts().dates;
  const day = useSyncExternalStore(everyMinute, today, () => null);
  return useMemo(
    () => (day === null ? { short: '', long: '' } : localTime(locale, new Date(iso), day)),
    [locale, iso, day],
  );
}

/** `day`: today's. The time zone is the visitor's, which only the browser knows. */
function localTime(language: string, at: Date, day: string) {
  const { time, sameYear, full } = formatsOf(language);
  const earlier = day.endsWith(` ${String(at.getFullYear())}`) ? sameYear : full;
  return { short: (at.toDateString() === day ? time : earlier).format(at), long: full.format(at) };
}

type Formats = Readonly<Record<'time' | 'sameYear' | 'full', Intl.DateTimeFormat>>;
let formats: Formats | null = null;

/** Each format is slow to create; a page has one language. */
function formatsOf(language: string): Formats {
  if (formats) return formats;
  const locale = ownLocale(language);
  formats = {
    time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }),
    sameYear: new Intl.DateTimeFormat(locale, {
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
    }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  };
  return formats;
}
