import type { UpstreamRequest } from '../../upstream/upstream';

/** The newest question of a prompt and its place; questions without a reply precede it in the same message. */
export function lastQuestion({ messages }: UpstreamRequest['body']): {
  at: number;
  question: string;
} {
  const at = messages.findLastIndex(
    ({ role, content }) => role === 'user' && /(^|\n\n)question \d+$/.test(content),
  );
  return { at, question: messages[at]?.content.split('\n\n').at(-1) ?? '' };
}
