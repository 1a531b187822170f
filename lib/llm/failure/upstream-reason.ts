import type { UpstreamReason } from '@/lib/errors';
import { knownCode, wordsOf, type SaidError } from './error-body';

/** Which failure an upstream's status and its own words for it mean. */
export function reasonOf(status: number, error: SaidError): UpstreamReason {
  const words = wordsOf(error);
  return (
    BY_CODE.get(knownCode(error)) ??
    WORDS.find(({ statuses, said }) => statuses.has(status) && said.test(words))?.reason ??
    BY_STATUS.get(status) ??
    (status >= 500 ? 'failing' : 'refused')
  );
}

const BY_CODE: ReadonlyMap<string | null, UpstreamReason> = new Map([
  // Sent with a 429, but waiting does not help.
  ['insufficient_quota', 'credit'],
  ['billing_hard_limit_reached', 'credit'],
  ['context_length_exceeded', 'too-long'],
  ['exceed_context_size_error', 'too-long'],
  ['request_too_large', 'too-long'],
  ['invalid_api_key', 'key'],
  ['model_not_found', 'unknown-model'],
  ['unavailable_error', 'loading'],
]);

const BY_STATUS: ReadonlyMap<number, UpstreamReason> = new Map([
  [401, 'key'],
  [402, 'credit'],
  [403, 'forbidden'],
  [404, 'unknown-model'],
  [408, 'timeout'],
  [413, 'too-long'],
  [429, 'limited'],
  [503, 'away'],
]);

/** The words for a context that is too long, of servers that have no code for it. */
const TOO_LONG = new RegExp(
  [
    // OpenAI, vLLM, OpenRouter, DeepSeek, Mistral, xAI
    'maximum (context|model|prompt) length',
    // llama.cpp, Ollama, LM Studio, SGLang
    'exceeds? (the )?(available |maximum |model.s )*context',
    'exceeded max context length',
    'longer than the (model.s context|maximum model) length',
    'context (length|size|window|limit) (has been |was |is )?(exceeded|overflow)',
    'context the overflows',
    'greater than the context length',
    // Anthropic, Bedrock, Ollama
    'prompt (is )?too long',
    'input is too long',
    'exceed context limit',
    // Google
    'input token count .{0,40}exceeds the maximum number of tokens',
    // Groq, Cohere, Text Generation Inference
    'reduce the length of the (messages|prompt|input)',
    'too many (input )?tokens',
    '`?inputs`? tokens \\+ `?max_new_tokens`? must be',
  ].join('|'),
  'i',
);

/** What some servers say in words alone, and with which statuses. */
const WORDS: readonly {
  readonly reason: UpstreamReason;
  readonly statuses: ReadonlySet<number>;
  readonly said: RegExp;
}[] = [
  { reason: 'too-long', statuses: new Set([400, 413, 422, 500]), said: TOO_LONG },
  // Google
  {
    reason: 'key',
    statuses: new Set([400]),
    said: /API key (is )?(not valid|invalid|expired)/i,
  },
  // llama.cpp, Hugging Face, LocalAI
  {
    reason: 'loading',
    statuses: new Set([503]),
    said: /\b(loading|starting|warming|initiali[sz]ing|not ready)\b/i,
  },
];
