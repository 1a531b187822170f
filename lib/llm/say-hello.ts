import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Model, ModelEvent, SentRequest, Usage } from '@/lib/ports/model';

/** Enough for a word from a model that thinks a little before. */
const HELLO_TOKENS_MAX = 300;

const PROMPT = [
  { role: 'system', content: 'You are a helpful assistant. Answer with one word.' },
  { role: 'user', content: 'Say hello.' },
] as const;

interface Hello {
  readonly ms: number;
  readonly usage: Usage | null;
  readonly kinds: ReadonlySet<ModelEvent['kind']>;
  /** The request that the upstream accepted. */
  readonly sent: SentRequest | undefined;
}

/** Asks a model for one word. Throws as the model does. */
export async function sayHello(chatModel: Model, model: string, timeoutMs: number): Promise<Hello> {
  const kinds = new Set<ModelEvent['kind']>();
  let sent: SentRequest | undefined;
  const startedAt = performance.now();
  const { usage } = await chatModel.stream({
    requestId: randomUUID(),
    model,
    messages: PROMPT,
    maxTokens: HELLO_TOKENS_MAX,
    signal: AbortSignal.timeout(timeoutMs),
    withReasoning: true,
    onSent: (request) => {
      sent = request;
    },
    onEvent: ({ kind }) => kinds.add(kind),
  });
  return { ms: Math.ceil(performance.now() - startedAt), usage, kinds, sent };
}
