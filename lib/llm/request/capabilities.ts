import type OpenAI from 'openai';
import type { ModelRequest, Parameters, PromptMessage } from '@/lib/ports/model';

/** A model's known capabilities. What it does not support is left out or sent in another form. */
export interface Capabilities {
  /** False: instructions go into the first user message. */
  readonly system: boolean;
  readonly stream: boolean;
  /** Supports `stream_options`. False: tokens are estimated. */
  readonly usage: boolean;
  /** The name of the token limit; newer models accept only the second. Null: none. */
  readonly limit: 'max_tokens' | 'max_completion_tokens' | null;
  /** False: the model's own. */
  readonly temperature: boolean;
  /** Which other parameters it does not take. */
  readonly refused: readonly string[];
}

/** Assumed of an unknown model. */
export const DEFAULT_CAPABILITIES: Capabilities = {
  system: true,
  stream: true,
  usage: true,
  limit: 'max_tokens',
  temperature: true,
  refused: [],
};

type BodyFields = Pick<ModelRequest, 'model' | 'messages'> & SentOptions;

/** What a request may carry beside its messages. */
export type SentOptions = Pick<ModelRequest, 'maxTokens' | 'temperature' | 'parameters'>;

/** The request body for a model with these capabilities. */
export const bodyFor = (
  capabilities: Capabilities,
  { model, messages, maxTokens, temperature, parameters = {} }: BodyFields,
) => ({
  ...taken(capabilities, parameters),
  model,
  messages: capabilities.system ? [...messages] : withoutSystem(messages),
  stream: capabilities.stream,
  ...(capabilities.stream && capabilities.usage && { stream_options: { include_usage: true } }),
  ...(maxTokens !== undefined &&
    capabilities.limit !== null && { [capabilities.limit]: maxTokens }),
  ...(temperature !== undefined && capabilities.temperature && { temperature }),
});

/** A message as OpenAI's API has it. */
export function wireMessage({
  role,
  content,
  parts,
  toolCalls,
  toolCallId = '',
}: PromptMessage): OpenAI.ChatCompletionMessageParam {
  if (role === 'user' && parts) return { role, content: [...parts] };
  if (role === 'tool') return { role, content, tool_call_id: toolCallId };
  if (role !== 'assistant' || !toolCalls) return { role, content };
  return {
    role,
    // Some servers refuse an empty text.
    content: content || null,
    tool_calls: toolCalls.map(({ id, name, arguments: args }) => ({
      id,
      type: 'function',
      function: { name, arguments: args },
    })),
  };
}

const taken = ({ refused }: Capabilities, parameters: Parameters): Parameters =>
  refused.length === 0
    ? parameters
    : Object.fromEntries(Object.entries(parameters).filter(([name]) => !refused.includes(name)));

function withoutSystem(messages: readonly PromptMessage[]): PromptMessage[] {
  const instructions = messages.filter(({ role }) => role === 'system');
  if (instructions.length === 0) return [...messages];
  const [first, ...rest] = messages.filter(({ role }) => role !== 'system');
  const isUser = first?.role === 'user';
  const texts = [...instructions, ...(isUser ? [first] : [])];
  const content = texts.map((message) => message.content).join('\n\n');
  const parts = first?.parts && [
    ...instructions.map(({ content: text }) => ({ type: 'text' as const, text })),
    ...first.parts,
  ];
  const begun = { role: 'user' as const, content, ...(parts && { parts }) };
  return [begun, ...(first && !isUser ? [first] : []), ...rest];
}
