import type { UpstreamReason } from '@/lib/errors';
import { knownCode, messageOf, type ErrorBody } from './error-body';

const byCode = (reason: UpstreamReason, codes: readonly string[]) =>
  codes.map((code) => [code, reason] as const);

/** Which failure an upstream's status and its own words for it mean. */
export function reasonOf(status: number, error: ErrorBody): UpstreamReason {
  const words = messageOf(error);
  return (
    BY_CODE.get(knownCode(error)) ??
    WORDS.find((each) => each.statuses.has(status) && each.pattern.test(words))?.reason ??
    BY_STATUS.get(status) ??
    (isFromProxy(status, error) ? 'away' : undefined) ??
    (status >= 500 ? 'failing' : 'refused')
  );
}

/** A proxy answers so, and Cloudflare, for a server that is not there: one that starts again, too. */
const isFromProxy = (status: number, { code, type }: ErrorBody): boolean =>
  NOT_THERE.has(status) && code === undefined && type === undefined;

const NOT_THERE: ReadonlySet<number> = new Set([502, 521, 522, 523, 530]);

const BY_CODE: ReadonlyMap<string | null, UpstreamReason> = new Map([
  ...byCode('credit', [
    'insufficient_quota',
    'billing_hard_limit_reached',
    'budget_exceeded',
    'Arrearage',
  ]),
  ...byCode('too-long', [
    'context_length_exceeded',
    'exceed_context_size_error',
    'request_too_large',
  ]),
  ...byCode('key', ['invalid_api_key', 'account_deactivated']),
  ...byCode('unknown-model', ['model_not_found', 'model_not_supported', 'model_decommissioned']),
  ...byCode('unknown-model', ['invalid_model', 'DeploymentNotFound']),
  ...byCode('filter', ['content_filter', 'content_policy_violation', 'data_inspection_failed']),
  ...byCode('filter', ['invalid_prompt']),
  ...byCode('limited', ['overloaded_error']),
  ...byCode('loading', ['unavailable_error']),
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
  // A proxy has waited, and the server may still be at work.
  [504, 'timeout'],
  [524, 'timeout'],
  [529, 'limited'],
]);

/** The words for a context that is too long, of servers that have no code for it. */
const TOO_LONG = [
  // OpenAI, vLLM, OpenRouter, DeepSeek, Mistral, xAI
  'maximum (context|model|prompt) length',
  // llama.cpp, Ollama, LM Studio, SGLang, Cloudflare, RKLLM
  'exceed(s|ed)? (the |this )?(available |maximum |model(.s)? )*context',
  'exceeded max context length',
  'longer than the (model.s context|maximum model) length',
  'context ?(length|size|window|limit) ?(has been |was |is )?(exceeded|overflow)',
  'context the overflows',
  'greater than (the context length|max_seq_len)',
  'model context window is',
  // Ollama cuts a prompt at its beginning, and then its template finds no question in it.
  'no user query found in messages',
  // Anthropic, Bedrock, Ollama, llama.cpp
  'prompt (is )?too long',
  'input is too (long|large)',
  'exceed context limit',
  // Google, Qwen
  'input token count .{0,40}exceeds the maximum number of tokens',
  'range of input length',
  // Groq, Cohere, Text Generation Inference
  'reduce the length of the (messages|prompt|input)',
  'too many (input )?tokens',
  '`?inputs`? tokens \\+ `?max_new_tokens`? must be',
  '`?inputs`? must have less than',
];

const CREDIT = [
  'credit balance',
  'usage limits?\\b',
  'good standing',
  'budget has been exceeded',
  'insufficient (balance|credits?|funds|quota)',
];

const KEY = [
  'API key (is |was )?(not valid|invalid|expired|missing|reported as leaked)',
  'authorization header',
  'not authenticated',
  'security token',
];

const UNKNOWN_MODEL = [
  '\\bmodel\\b.{0,120}\\b(not found|does not exist|decommissioned|no longer supported)',
  'not supported by any provider',
  '(invalid|unknown|unsupported|no such) model\\b',
  'not a valid model',
];

const NOT_CHAT = [
  // Ollama, vLLM, Groq, Together
  'does not support (the )?chat',
  // OpenAI, Azure, Fireworks
  'not a chat model',
  'not supported (in|with|by|for) (the )?(v1/)?chat.?completions',
  'not in v1/chat/completions',
  'chat.?completions?( operation| api)? (does not work with|is not supported|is not available)',
];

const FILTER = [
  'content management policy',
  'inappropriate content',
  'was flagged',
  'usage policy',
];

const BUSY = ['overloaded', 'too busy', 'server (is )?busy', 'capacity', 'pending requests'];

interface Words {
  readonly reason: UpstreamReason;
  readonly statuses: ReadonlySet<number>;
  readonly pattern: RegExp;
}

function byWords(
  reason: UpstreamReason,
  statuses: readonly number[],
  words: readonly string[],
): Words {
  return { reason, statuses: new Set(statuses), pattern: new RegExp(words.join('|'), 'i') };
}

/** What some servers say in words alone, and with which statuses. */
const WORDS: readonly Words[] = [
  byWords('too-long', [400, 413, 422, 500], TOO_LONG),
  // Of OpenAI: more than may be asked for in a minute, which waiting does not fix.
  byWords('too-long', [429], ['request too large']),
  byWords('key', [400, 403], KEY),
  byWords('credit', [400, 403], CREDIT),
  byWords('filter', [400, 403], FILTER),
  byWords('not-chat', [400, 404, 405, 422, 500, 501], NOT_CHAT),
  byWords('unknown-model', [400, 422, 500, 503], UNKNOWN_MODEL),
  byWords('limited', [498, 500, 503], BUSY),
  // llama.cpp, Hugging Face, LocalAI
  byWords('loading', [503], ['\\b(loading|starting|warming|initiali[sz]ing|not ready)\\b']),
];
