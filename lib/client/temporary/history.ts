import type { Role } from '@/lib/sessions/message';
import type { Source } from '@/lib/reply/source';

/** A message of a temporary chat, in this tab's memory only. */
export interface TemporaryMessage {
  readonly id: string;
  readonly role: Role;
  readonly content: string;
  readonly sources: readonly Source[];
}

/** Half of the smallest limit of a request's body (64 KB), and what the API takes at most. */
const BYTES_MAX = 32_000;
const MESSAGES_MAX = 100;

/** What goes along with the next message: the newest ones that fit, oldest first. */
export function historyOf(messages: readonly Pick<TemporaryMessage, 'role' | 'content'>[]) {
  const history: { role: Role; content: string }[] = [];
  let room = BYTES_MAX;
  for (const { role, content } of messages.slice(-MESSAGES_MAX).toReversed()) {
    room -= new TextEncoder().encode(JSON.stringify({ role, content })).length;
    if (room < 0) break;
    history.unshift({ role, content });
  }
  return history;
}
