import { jsonPieces } from './json-pieces';
import type { Message } from '@/lib/sessions/message';
import { isoTime, presentReasoned } from '@/lib/sessions/present';
import type { Session } from '@/lib/sessions/session';

/** Ask-Flask's export format: JSON indented by two spaces, with these keys in this order. */
export function exportJson(
  { id, title, createdAt, updatedAt }: Session,
  pages: AsyncIterable<readonly Message[]>,
): AsyncIterable<string> {
  const head = { id, title, created_at: isoTime(createdAt), updated_at: isoTime(updatedAt) };
  return jsonPieces(head, 'messages', pages, exported, 2);
}

const exported = (message: Message) => ({
  role: message.role,
  content: message.content,
  tokens: message.tokens,
  created_at: isoTime(message.createdAt),
  ...presentReasoned(message),
});
