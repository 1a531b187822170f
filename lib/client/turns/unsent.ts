import { readFailure, type Problem } from '@/lib/client/net/problem';
import type { TextStorage } from '@/lib/client/browser/safe-storage';

/** A message that the server has not confirmed. Its id is its idempotency key. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly model: string;
  /** The failed turn that it replaces. */
  readonly retryOf: string | null;
  /** The message that it answers; null: it starts the conversation over. Absent: the end of the shown branch. */
  readonly parent?: string | null | undefined;
  /** The refusal, to be shown again after a reload. */
  readonly problem?: Problem;
}

const place = (sessionId: string) => `ask-next:unsent:${sessionId}`;

/** Unsent messages survive a reload here. Unreadable storage counts as empty. */
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

/** Removes the messages with these ids. */
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
  const fields = value as Partial<Record<keyof Unsent, unknown>>;
  const { id, text, model, retryOf, parent, problem } = fields;
  if (typeof id !== 'string' || typeof text !== 'string' || typeof model !== 'string') return null;
  const known = readProblem(problem);
  const replaced = typeof retryOf === 'string' ? retryOf : null;
  const hasPlace = parent === null || typeof parent === 'string';
  return {
    id,
    text,
    model,
    retryOf: replaced,
    ...(hasPlace && { parent }),
    ...(known && { problem: known }),
  };
}

function readProblem(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  const { code, ref, retryAt } = value as Partial<Record<keyof Problem, unknown>>;
  if (typeof code !== 'number') return null;
  return {
    ...readFailure({ ...value }, code),
    ref: typeof ref === 'string' ? ref : null,
    retryAt: typeof retryAt === 'number' ? retryAt : null,
  };
}
