import type { TextStorage } from './safe-storage';

/** A message on its way that the server has not confirmed. Its id is the idempotency key it was sent under. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly model: string;
  /** The failed turn that it replaces. */
  readonly retryOf: string | null;
}

const place = (sessionId: string) => `ask-next:unsent:${sessionId}`;

/** Words that left the composer and did not arrive survive a reload here. What cannot be read counts as none. */
export function readUnsent(storage: TextStorage, sessionId: string): Unsent[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(place(sessionId)) ?? '[]');
    return Array.isArray(stored) ? stored.map(readOne).filter((message) => message !== null) : [];
  } catch {
    return [];
  }
}

export function keepUnsent(storage: TextStorage, sessionId: string, message: Unsent): void {
  const others = readUnsent(storage, sessionId).filter(({ id }) => id !== message.id);
  write(storage, sessionId, [...others, message]);
}

/** Drops those with these ids. */
export function dropUnsent(
  storage: TextStorage,
  sessionId: string,
  ids: ReadonlySet<string>,
): void {
  const messages = readUnsent(storage, sessionId);
  const others = messages.filter(({ id }) => !ids.has(id));
  if (others.length < messages.length) write(storage, sessionId, others);
}

function write(storage: TextStorage, sessionId: string, messages: readonly Unsent[]): void {
  if (messages.length > 0) storage.setItem(place(sessionId), JSON.stringify(messages));
  else storage.removeItem(place(sessionId));
}

function readOne(value: unknown): Unsent | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id, text, model, retryOf } = value as Partial<Record<keyof Unsent, unknown>>;
  if (typeof id !== 'string' || typeof text !== 'string' || typeof model !== 'string') return null;
  return { id, text, model, retryOf: typeof retryOf === 'string' ? retryOf : null };
}
