import { expect, test } from 'vitest';
import { errorIn } from './error-body';
import { reasonOf } from './upstream-reason';

const reason = (status: number, body: unknown) => reasonOf(status, errorIn(body));

/** Errors of servers for a prompt that exceeds the context length. */
const TOO_LONG: [server: string, status: number, body: unknown][] = [
  ['OpenAI', 400, { error: { code: 'context_length_exceeded', message: 'x' } }],
  ['OpenAI', 400, { error: { message: "This model's maximum context length is 8192 tokens." } }],
  ['llama.cpp', 400, { error: { code: 400, type: 'exceed_context_size_error', n_ctx: 4096 } }],
  ['llama.cpp', 500, { error: { message: 'the request exceeds the available context size' } }],
  ['llama.cpp', 500, { error: { message: 'Context size has been exceeded.' } }],
  ['vLLM', 400, { object: 'error', message: 'maximum context length is 4096 tokens', code: 400 }],
  [
    'vLLM',
    400,
    { message: 'The decoder prompt (length 9) is longer than the maximum model length of 4' },
  ],
  [
    'SGLang',
    400,
    { message: "The input (9 tokens) is longer than the model's context length (4)." },
  ],
  ['Ollama', 400, { error: 'the input length exceeds the context length' }],
  ['Ollama', 500, { error: 'prompt too long; exceeded max context length by 9 tokens' }],
  ['LM Studio', 400, { error: 'Trying to keep the first 9 tokens when context the overflows.' }],
  [
    'Anthropic',
    400,
    {
      error: { type: 'invalid_request_error', message: 'prompt is too long: 9 tokens > 4 maximum' },
    },
  ],
  [
    'Anthropic',
    400,
    { error: { message: 'input length and `max_tokens` exceed context limit: 9 + 4 > 10' } },
  ],
  ['Anthropic', 413, { error: { type: 'request_too_large', message: 'x' } }],
  [
    'Google',
    400,
    [
      {
        error: {
          status: 'INVALID_ARGUMENT',
          message: 'The input token count (9) exceeds the maximum number of tokens allowed (4).',
        },
      },
    ],
  ],
  ['Groq', 400, { error: { message: 'Please reduce the length of the messages or completion.' } }],
  ['Groq', 413, { error: { code: 'rate_limit_exceeded', message: 'Request too large' } }],
  [
    'Mistral',
    400,
    {
      object: 'error',
      message: 'Prompt contains 9 tokens, too large for model with 4 maximum context length',
    },
  ],
  [
    'xAI',
    400,
    { error: "This model's maximum prompt length is 4 but the request contains 9 tokens." },
  ],
  [
    'TGI',
    422,
    { error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4' },
  ],
  ['TGI', 422, { error: 'Input validation error: `inputs` must have less than 4 tokens.' }],
  ['OpenAI', 429, { error: { code: 'rate_limit_exceeded', message: 'Request too large for m' } }],
  ['Qwen', 400, { error: { message: 'Range of input length should be [1, 4]' } }],
  ['Ollama', 500, { error: { message: 'no user query found in messages' } }],
  ['llama.cpp', 500, { error: { message: 'input is too large to process.' } }],
  ['LiteLLM', 400, { error: { message: 'litellm.ContextWindowExceededError: x', code: '400' } }],
  [
    'Cloudflare',
    400,
    { errors: [{ code: 5021, message: 'AiError: exceeded this model context window limit (4)' }] },
  ],
  ['RKLLM', 400, { error: 'Prompt is 9 tokens but the model context window is 4 tokens.' }],
  ['TabbyAPI', 500, { error: { message: 'Prompt length 9 is greater than max_seq_len 4' } }],
  [
    'OpenRouter',
    400,
    {
      error: {
        message: 'Provider returned error',
        metadata: { raw: "This model's maximum context length is 4 tokens." },
      },
    },
  ],
];

test.each(TOO_LONG)('%s reports with %i that a prompt is too long', (_, status, body) => {
  expect(reason(status, body)).toBe('too-long');
});

test.each([
  [400, { error: { message: 'x' } }, 'refused'],
  [400, { detail: [{ loc: ['body', 'messages'], msg: 'maximum context length' }] }, 'too-long'],
  [400, { error: { message: 'max_tokens is too large: 9' } }, 'refused'],
  [400, { error: { code: 'model_not_found' } }, 'unknown-model'],
  [400, [{ error: { message: 'API key not valid. Please pass a valid API key.' } }], 'key'],
  [400, [{ error: { message: 'Missing or invalid Authorization header.' } }], 'key'],
  [403, { detail: 'Not authenticated' }, 'key'],
  [400, { error: { message: 'Your credit balance is too low' } }, 'credit'],
  [400, { error: { type: 'budget_exceeded', message: 'x' } }, 'credit'],
  [400, { error: { code: 'Arrearage', message: 'x' } }, 'credit'],
  [400, { error: { message: 'Invalid model name passed in model=m' } }, 'unknown-model'],
  [400, { error: { message: 'm/n is not a valid model ID' } }, 'unknown-model'],
  [400, { error: { message: 'The model `m` has been decommissioned' } }, 'unknown-model'],
  [400, { errors: [{ message: 'AiError: No such model @cf/m' }] }, 'unknown-model'],
  [400, { detail: 'Model not found' }, 'unknown-model'],
  [503, { error: { code: 'model_not_found', message: 'x' } }, 'unknown-model'],
  [400, { error: { message: '"nomic-embed-text" does not support chat' } }, 'not-chat'],
  [400, { message: 'The model does not support Chat Completions API', code: 400 }, 'not-chat'],
  [400, { error: { message: 'model `m` does not support chat completions' } }, 'not-chat'],
  [
    404,
    {
      error: {
        message:
          'This is not a chat model and thus not supported in the v1/chat/completions endpoint.',
      },
    },
    'not-chat',
  ],
  [
    404,
    {
      error: {
        message: 'This model is only supported in v1/responses and not in v1/chat/completions.',
      },
    },
    'not-chat',
  ],
  [
    400,
    {
      error: {
        code: 'OperationNotSupported',
        message: 'The chatCompletion operation does not work with the specified model, m.',
      },
    },
    'not-chat',
  ],
  [400, { error: { code: 'content_filter', message: 'x' } }, 'filter'],
  [403, { error: { message: 'Input was flagged', metadata: {} } }, 'filter'],
  [400, { error: { message: 'Input data may contain inappropriate content.' } }, 'filter'],
  [503, [{ error: { message: 'The model is overloaded.', status: 'UNAVAILABLE' } }], 'limited'],
  [503, { error: { message: 'server busy, maximum pending requests exceeded' } }, 'limited'],
  [503, { detail: { msg: 'Server is busy; please try again later.' } }, 'limited'],
  [529, { error: { type: 'overloaded_error' } }, 'limited'],
  [502, '<html>502 Bad Gateway', 'away'],
  [498, { error: { message: 'Flex tier capacity exceeded' } }, 'limited'],
  [521, '<html>Web server is down', 'away'],
  [522, '<html>Connection timed out', 'away'],
  [523, '<html>Origin is unreachable', 'away'],
  [530, '<html>Origin DNS error', 'away'],
  [502, { error: { code: 502, message: 'Provider returned error' } }, 'failing'],
  [504, '<html>Gateway Time-out', 'timeout'],
  [524, '<html>A timeout occurred', 'timeout'],
  [401, undefined, 'key'],
  [402, undefined, 'credit'],
  [403, 'Forbidden', 'forbidden'],
  [404, { error: 'model "m" not found, try pulling it first' }, 'unknown-model'],
  [307, undefined, 'refused'],
  [422, { detail: 'no' }, 'refused'],
  [429, { error: { message: 'too many tokens per minute' } }, 'limited'],
  [429, { error: { code: 'insufficient_quota' } }, 'credit'],
  [500, { error: { message: 'x' } }, 'failing'],
  [503, { error: { message: 'Loading model', type: 'unavailable_error' } }, 'loading'],
  [503, { error: 'Model m is currently loading', estimated_time: 20 }, 'loading'],
  [503, '<html>no healthy upstream', 'away'],
] as const)('%i with %j is %s', (status, body, expected) => {
  expect(reason(status, body)).toBe(expected);
});
