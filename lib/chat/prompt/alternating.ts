import type { PromptMessage } from '@/lib/ports/model';

/** Joins two texts into one message. */
export const JOINT = '\n\n';

const QUOTED = 'Earlier you said:';

/** Strict chat templates require the user first: a leading reply becomes a quotation in a user message. */
export function userFirst(messages: readonly PromptMessage[]): readonly PromptMessage[] {
  const [first, ...rest] = messages;
  if (first?.role !== 'assistant') return messages;
  return [{ role: 'user', content: QUOTED + JOINT + first.content }, ...rest];
}

/** Strict chat templates require alternating roles: adjacent messages of one role are joined. */
export function alternating(messages: readonly PromptMessage[]): PromptMessage[] {
  const turns: PromptMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role !== message.role) turns.push(message);
    else turns[turns.length - 1] = { ...last, content: last.content + JOINT + message.content };
  }
  return turns;
}
