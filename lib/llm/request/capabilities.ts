import type { ModelRequest, PromptMessage } from '@/lib/ports/model';

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
}

/** Assumed of an unknown model. */
export const DEFAULT_CAPABILITIES: Capabilities = {
  system: true,
  stream: true,
  usage: true,
  limit: 'max_tokens',
  temperature: true,
};

type BodyFields = Pick<ModelRequest, 'model' | 'messages' | 'maxTokens' | 'temperature'>;

/** The request body for a model with these capabilities. */
export const bodyFor = (
  capabilities: Capabilities,
  { model, messages, maxTokens, temperature }: BodyFields,
) => ({
  model,
  messages: capabilities.system ? [...messages] : withoutSystem(messages),
  stream: capabilities.stream,
  ...(capabilities.stream && capabilities.usage && { stream_options: { include_usage: true } }),
  ...(maxTokens !== undefined &&
    capabilities.limit !== null && { [capabilities.limit]: maxTokens }),
  ...(temperature !== undefined && capabilities.temperature && { temperature }),
});

function withoutSystem(messages: readonly PromptMessage[]): PromptMessage[] {
  const instructions = messages.filter(({ role }) => role === 'system');
  const [first, ...rest] = messages.filter(({ role }) => role !== 'system');
  const texts = [...instructions, ...(first?.role === 'user' ? [first] : [])];
  const content = texts.map((message) => message.content).join('\n\n');
  return [{ role: 'user', content }, ...(first && first.role !== 'user' ? [first] : []), ...rest];
}
