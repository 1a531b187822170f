import type { PromptMessage } from '@/lib/ports/model';

/** What stands between two texts that became one. */
export const JOINT = '\n\n';

const QUOTED = 'Earlier you said:';

/** Strict chat templates want the user to speak first: a reply before any question becomes the user's quotation. */
export function userFirst(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const [first, ...rest] = messages;
  if (first?.role !== 'assistant') return messages;
  return [{ role: 'user', content: QUOTED + JOINT + first.content }, ...rest];
}

/** Strict chat templates want user and assistant by turns: neighbours of one role become one message. */
export function alternating(messages: readonly PromptMessage[]): PromptMessage[] {
  const turns: PromptMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role !== message.role) turns.push(message);
    else turns[turns.length - 1] = { ...last, content: last.content + JOINT + message.content };
  }
  return turns;
}
