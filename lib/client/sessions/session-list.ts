import type { ListedSession } from '@/lib/page/session-page';

export type Sessions = readonly ListedSession[];

/** Inserts a session by its last activity, without duplicates. */
export function insert(sessions: Sessions, session: ListedSession): Sessions {
  const others = without(sessions, session.id);
  const place = others.findIndex(
    ({ lastActivity }) => Date.parse(lastActivity) < Date.parse(session.lastActivity),
  );
  return others.toSpliced(place < 0 ? others.length : place, 0, session);
}

export const without = (sessions: Sessions, id: string): Sessions =>
  sessions.filter((session) => session.id !== id);

/** Titles given in this tab since the list was read, by session id; also for unlisted sessions. */
export type Titles = ReadonlyMap<string, string | null>;

export function titled<Session extends Pick<ListedSession, 'id' | 'title'>>(
  session: Session,
  titles: Titles,
): Session {
  const title = titles.get(session.id);
  return title === undefined ? session : { ...session, title };
}

/** Moves a session up after activity. `text` becomes its opening if it has none. */
export function movedToTop(sessions: Sessions, id: string, text: string, now: string): Sessions {
  const session = sessions.find((row) => row.id === id);
  if (!session) return sessions;
  return insert(sessions, { ...session, opening: session.opening ?? text, lastActivity: now });
}
