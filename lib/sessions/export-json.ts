import type { Message } from './message';
import { isoTime } from './present';
import type { Session } from './session';

/** The original's file: two-space JSON with these keys in this order. */
export function exportJson(session: Session, messages: readonly Message[]): string {
  const file = {
    id: session.id,
    title: session.title,
    created_at: isoTime(session.createdAt),
    updated_at: isoTime(session.updatedAt),
    messages: messages.map(({ role, content, tokens, createdAt }) => ({
      role,
      content,
      tokens,
      created_at: isoTime(createdAt),
    })),
  };
  return JSON.stringify(file, null, 2);
}
