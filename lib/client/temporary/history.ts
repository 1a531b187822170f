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

/** Of a longer message only the end goes along. At most half of `BYTES_MAX`, in any script. */
const CHARS_MAX = 5_000;

/** The history sent with the next message: the newest messages that fit, oldest first. */
export function historyOf(messages: readonly Pick<TemporaryMessage, 'role' | 'content'>[]) {
  const history: { role: Role; content: string }[] = [];
  let room = BYTES_MAX;
  for (const { role, content: whole } of messages.slice(-MESSAGES_MAX).toReversed()) {
    const content = whole.slice(-CHARS_MAX).toWellFormed();
    room -= new TextEncoder().encode(JSON.stringify({ role, content })).length;
    if (room < 0) break;
    history.unshift({ role, content });
  }
  return history;
}

/** The messages by exchange: a user message and its reply. */
export function exchangesOf<Message extends Pick<TemporaryMessage, 'role'>>(
  messages: readonly Message[],
): readonly (readonly Message[])[] {
  const exchanges: Message[][] = [];
  for (const message of messages) {
    const last = exchanges.at(-1);
    if (last && message.role !== 'user') last.push(message);
    else exchanges.push([message]);
  }
  return exchanges;
}
