import type { ModelRequest, PromptMessage } from '@/lib/ports/model';

/** What a model takes, as far as is known. Whatever it does not take is left out, or sent in another way. */
export interface Takes {
  /** Without, the instructions go into the first text of the user. */
  readonly system: boolean;
  readonly stream: boolean;
  /** Without, tokens are estimated. */
  readonly usage: boolean;
  /** By which name the longest reply is asked for; newer models only know the second. */
  readonly limit: 'max_tokens' | 'max_completion_tokens' | null;
}

/** What is sent to a model of which nothing is known. */
export const TAKES_AT_FIRST: Takes = {
  system: true,
  stream: true,
  usage: true,
  limit: 'max_tokens',
};

type Asked = Pick<ModelRequest, 'model' | 'messages' | 'maxTokens'>;

/** The body of a request to a model that takes this. */
export const bodyFor = (takes: Takes, { model, messages, maxTokens }: Asked) => ({
  model,
  messages: takes.system ? [...messages] : withoutSystem(messages),
  stream: takes.stream,
  ...(takes.stream && takes.usage && { stream_options: { include_usage: true } }),
  ...(maxTokens !== undefined && takes.limit !== null && { [takes.limit]: maxTokens }),
});

function withoutSystem(messages: readonly PromptMessage[]): PromptMessage[] {
  const instructions = messages.filter(({ role }) => role === 'system');
  const [first, ...rest] = messages.filter(({ role }) => role !== 'system');
  const texts = [...instructions, ...(first?.role === 'user' ? [first] : [])];
  const content = texts.map((message) => message.content).join('\n\n');
  return [{ role: 'user', content }, ...(first && first.role !== 'user' ? [first] : []), ...rest];
}
