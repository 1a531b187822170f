import type { PromptMessage } from '@/lib/ports/model';

const LASTING = /\b(my name is|i am|i'm|i like|i love|i prefer|i want|i need|i work|i live|my )/i;
const LINES_MAX = 12;

/** Merges a memory as a model would: keeps what is known and adds what users wrote about themselves. */
export function mergeFor(messages: readonly PromptMessage[]): string {
  const material = messages.at(-1)?.content ?? '';
  const [, memory = '', user = ''] =
    /^Memory:\n([^]*?)\n\n(?:Pinned:\n[^]*?\n\n)?User:\n([^]*?)\n\nAssistant:\n/.exec(material) ??
    [];
  const lines = memory === '(none)' ? [] : memory.split('\n');
  const sentences = user.split(/(?<=[.!?])\s+|\n+/).map((sentence) => sentence.trim());
  const facts = sentences.filter((sentence) => LASTING.test(sentence)).map((fact) => `- ${fact}`);
  const topic = user.replaceAll(/\s+/g, ' ').trim().slice(0, 80);
  const added = facts.length > 0 ? facts : [`- Asked about: ${topic}`];
  return [...new Set([...lines, ...added])].slice(-LINES_MAX).join('\n');
}
