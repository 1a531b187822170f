import type { ListedSession } from '@/lib/sessions/session-page';

export type Sessions = readonly ListedSession[];

/** Puts a session where its last activity belongs, once. */
export function insert(sessions: Sessions, session: ListedSession): Sessions {
  const others = without(sessions, session.id);
  const place = others.findIndex(
    ({ lastActivity }) => Date.parse(lastActivity) < Date.parse(session.lastActivity),
  );
  return others.toSpliced(place < 0 ? others.length : place, 0, session);
}

export const without = (sessions: Sessions, id: string): Sessions =>
  sessions.filter((session) => session.id !== id);

export const retitled = (sessions: Sessions, id: string, title: string | null): Sessions =>
  sessions.map((session) => (session.id === id ? { ...session, title } : session));

/** Moves a session up after something happened in it; `words` name it if nothing else does. */
export function touched(sessions: Sessions, id: string, words: string, now: string): Sessions {
  const session = sessions.find((row) => row.id === id);
  if (!session) return sessions;
  return insert(sessions, { ...session, opening: session.opening ?? words, lastActivity: now });
}
