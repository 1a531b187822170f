import type { PromptMessage } from '@/lib/ports/model';

/** The newest whole exchanges, up to a third of the total length but at least one; null when there are no messages. */
export function newestThird<Message extends PromptMessage>(
  messages: readonly Message[],
): readonly Message[] | null {
  if (messages.length === 0) return null;
  let left = messages.reduce((sum, { content }) => sum + content.length, 0) / 3;
  let from = messages.length;
  for (let at = from - 1; at > 0; at -= 1) {
    left -= messages[at]?.content.length ?? 0;
    if (left < 0) break;
    if (messages[at]?.role === 'user') from = at;
  }
  return messages.slice(from);
}
