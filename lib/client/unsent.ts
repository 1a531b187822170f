import type { DraftStorage } from './drafts';

/** A message on its way that the server has not confirmed. Its id is the idempotency key it was sent under. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly model: string;
}

const place = (sessionId: string) => `ask-next:unsent:${sessionId}`;

/** Words that left the composer and did not arrive survive a reload here. What cannot be read counts as none. */
export function readUnsent(storage: DraftStorage, sessionId: string): Unsent[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(place(sessionId)) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isUnsent) : [];
  } catch {
    return [];
  }
}

export function keepUnsent(storage: DraftStorage, sessionId: string, message: Unsent): void {
  const others = readUnsent(storage, sessionId).filter(({ id }) => id !== message.id);
  write(storage, sessionId, [...others, message]);
}

export function dropUnsent(storage: DraftStorage, sessionId: string, id: string): void {
  const messages = readUnsent(storage, sessionId);
  const others = messages.filter((message) => message.id !== id);
  if (others.length < messages.length) write(storage, sessionId, others);
}

function write(storage: DraftStorage, sessionId: string, messages: readonly Unsent[]): void {
  try {
    if (messages.length > 0) storage.setItem(place(sessionId), JSON.stringify(messages));
    else storage.removeItem(place(sessionId));
  } catch {
    // Full or forbidden: the words are shown as long as the page is open.
  }
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== 'object' || value === null) return false;
  return ['id', 'text', 'model'].every((key) => typeof Reflect.get(value, key) === 'string');
}
