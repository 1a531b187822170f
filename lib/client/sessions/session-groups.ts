import { calendarDay } from '@/lib/sessions/day';
import type { ListedSession } from '@/lib/page/session-page';
import type { Texts } from '@/lib/texts/texts';

export interface SessionGroup {
  readonly name: keyof Texts['sessions']['groups'];
  readonly sessions: readonly ListedSession[];
}

const NAMES = ['pinned', 'today', 'yesterday', 'lastDays', 'earlier'] as const;

/**
 * Groups sessions by the reader's calendar days, pinned ones first: last pinned on top. Server and browser use the same `now` and `timeZone`, so that both
 * render the same. An unknown time zone counts as UTC.
 */
export function groupSessions(
  sessions: readonly ListedSession[],
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): SessionGroup[] {
  const dayOf = calendarDay(timeZone);
  const today = dayOf(now);
  const nameOf = ({ pinnedAt, lastActivity }: ListedSession) => {
    if (pinnedAt) return 'pinned';
    const age = today - dayOf(Date.parse(lastActivity));
    if (age <= 0) return 'today';
    if (age === 1) return 'yesterday';
    return age < 7 ? 'lastDays' : 'earlier';
  };
  const pinned = sessions.toSorted((a, b) => pinTime(b) - pinTime(a));
  const named = pinned.map((session) => ({ session, name: nameOf(session) }));
  return NAMES.map((name) => ({
    name,
    sessions: named.filter((row) => row.name === name).map(({ session }) => session),
  })).filter((group) => group.sessions.length > 0);
}

/** Sorts the rest behind, as it was. */
const pinTime = ({ pinnedAt }: ListedSession): number => (pinnedAt ? Date.parse(pinnedAt) : 0);
