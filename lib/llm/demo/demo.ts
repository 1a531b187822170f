import { MERGE_TASK } from '@/lib/chat/memory/memory-merge';
import { CONTINUE_INSTRUCTION } from '@/lib/chat/prompt/prompt';
import { answerFor } from './demo-answers';
import { mergeFor } from './demo-memory';
import type { Model, PromptMessage, Usage } from '@/lib/ports/model';

export const DEMO_MODEL = 'demo';

const PIECE_MS = 15;
const PIECE = /\s*\S{1,6}/gu;

interface Deps {
  /** Rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A deterministic model without an upstream, at the speed of a fast model. Its answers state that they are a demo. */
export function demoModel({ pause }: Deps): Model {
  return {
    async stream({ messages, signal, onEvent }) {
      const answer = isMerge(messages) ? mergeFor(messages) : restFor(messages);
      for (const piece of answer.match(PIECE) ?? []) {
        await pause(PIECE_MS, signal);
        onEvent({ kind: 'text', text: piece });
      }
      return { usage: countUsage(messages, answer), finish: 'stop' };
    },
  };
}

const isMerge = ([first]: readonly PromptMessage[]): boolean =>
  first?.role === 'system' && first.content.startsWith(MERGE_TASK);

/** The whole answer, or the rest of one that the prompt asks to continue. */
function restFor(messages: readonly PromptMessage[]): string {
  const [begun, instruction] = messages.slice(-2);
  if (begun?.role !== 'assistant' || instruction?.content !== CONTINUE_INSTRUCTION)
    return answerFor(messages);
  const whole = answerFor(messages.slice(0, -2));
  return whole.startsWith(begun.content) ? whole.slice(begun.content.length) : whole;
}

/** Counts a word as a token. */
function countUsage(messages: readonly PromptMessage[], answer: string): Usage {
  const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
  const prompt = messages.reduce((sum, { content }) => sum + words(content), 0);
  const reply = words(answer);
  return { prompt_tokens: prompt, completion_tokens: reply, total_tokens: prompt + reply };
}
