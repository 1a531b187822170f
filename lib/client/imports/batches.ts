/** Sessions that are sent in one request. */
export interface Batch<Session> {
  readonly sessions: readonly Session[];
  readonly characters: number;
}

/** In UTF-16 units, of which one takes at most three bytes; Vercel takes requests of 4.5 MB. */
export const BATCH_CHARACTERS = 1_400_000;
const BATCH_SESSIONS = 50;

/** Groups sessions into requests of a limited size. A larger session is a request of its own. */
export function batches<Session>(): {
  /** Returns a full batch, if this session does not fit into it. */
  add(session: Session): Batch<Session> | null;
  rest(): Batch<Session> | null;
} {
  let sessions: Session[] = [];
  let characters = 0;
  const take = (): Batch<Session> | null => {
    const batch = sessions.length > 0 ? { sessions, characters } : null;
    sessions = [];
    characters = 0;
    return batch;
  };
  return {
    add(session) {
      const { length } = JSON.stringify(session);
      const isFull = characters + length > BATCH_CHARACTERS || sessions.length === BATCH_SESSIONS;
      const full = isFull ? take() : null;
      sessions.push(session);
      characters += length;
      return full;
    },
    rest: take,
  };
}
