import { APIError } from 'openai';
import { expect, test } from 'vitest';
import { streamedError } from '../failure/upstream-error';
import { lessonOf, hasNoReason } from './lesson';
import { readRefusal } from './refusal';
import { DEFAULT_CAPABILITIES, type Capabilities } from './capabilities';

const SENT = {
  maxTokens: 100,
  temperature: 0.5,
  parameters: { top_p: 1, seed: 1, stop: 'x', tools: [] },
};

const thrownFor = (status: number, error: unknown, text?: string) =>
  APIError.generate(status, error === undefined ? undefined : { error }, text, new Headers());

function learn(status: number, error: unknown, takes: Partial<Capabilities> = {}) {
  const refusal = readRefusal(thrownFor(status, error));
  return refusal && lessonOf({ ...DEFAULT_CAPABILITIES, ...takes }, refusal, SENT);
}

const openai = (message: string, param: string | null = null, code: string | null = null) => ({
  message,
  type: 'invalid_request_error',
  param,
  code,
});
const vllm = (message: string) => ({
  object: 'error',
  message,
  type: 'BadRequestError',
  code: 400,
});
const llamaCpp = (message: string) => ({ code: 500, message, type: 'server_error' });
const fastApi = (...loc: string[]) => ({
  detail: [
    { type: 'extra_forbidden', loc: ['body', ...loc], msg: 'Extra inputs are not permitted' },
  ],
});

test.each<readonly [string, number, unknown]>([
  [
    'OpenAI',
    400,
    openai(
      "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
      'messages[0].role',
      'unsupported_value',
    ),
  ],
  ['a field alone', 400, openai('x', 'messages[0].role', 'unsupported_value')],
  ['vLLM with Gemma', 400, vllm('System role not supported')],
  ['llama.cpp', 500, llamaCpp('Jinja Exception: System role not supported at row 1, column 1')],
  [
    'LM Studio',
    400,
    'Error rendering prompt with jinja template: "Only user and assistant roles are supported!".',
  ],
  [
    'old Mistral templates',
    400,
    vllm('Conversation roles must alternate user/assistant/user/assistant/...'),
  ],
  [
    'Google',
    400,
    {
      code: 400,
      message: 'Developer instruction is not enabled for models/gemma-3-27b-it',
      status: 'INVALID_ARGUMENT',
    },
  ],
  [
    'Anthropic',
    400,
    {
      type: 'invalid_request_error',
      message:
        'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter',
    },
  ],
])('%s does not support a system role', (_, status, error) => {
  expect(learn(status, error)).toEqual({ change: { system: false }, sure: true });
  expect(learn(status, error, { system: false })?.change.system).toBeUndefined();
});

test.each<readonly [string, number, unknown]>([
  ['OpenAI', 400, openai('Unknown parameter: x', 'stream_options', 'unknown_parameter')],
  ['a subfield', 400, openai('x', 'stream_options.include_usage', 'unknown_parameter')],
  ['words', 400, openai('unknown field stream_options')],
  ['FastAPI', 422, fastApi('stream_options')],
  ['a fault', 500, 'TypeError: got an unexpected keyword argument stream_options'],
])('%s does not support stream_options', (_, status, error) => {
  expect(learn(status, error)).toEqual({ change: { usage: false }, sure: true });
  expect(learn(status, error, { usage: false })).toBeNull();
});

test('a stream that the organization may not use is requested as a whole', () => {
  const refused = openai(
    'Your organization must be verified to stream this model.',
    'stream',
    'unsupported_value',
  );
  expect(learn(400, refused)).toEqual({ change: { stream: false }, sure: true });
});

test('the token limit is sent under its other name, and then left out', () => {
  const byName = openai(
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    'max_tokens',
    'unsupported_parameter',
  );
  expect(learn(400, byName)).toEqual({ change: { limit: 'max_completion_tokens' }, sure: true });
  const other = openai('x', 'max_completion_tokens', 'unknown_parameter');
  const refused = { limit: 'max_completion_tokens' } as const;
  expect(learn(400, other, refused)).toEqual({ change: { limit: null }, sure: true });
  expect(learn(400, other, { limit: null })).toBeNull();
});

test('a token limit that does not fit beside this prompt is left out this time', () => {
  const full = vllm(
    "'max_tokens' is too large: 900. This model's maximum context length is 1000 tokens and your request has 500 input tokens",
  );
  expect(learn(400, full)).toEqual({ change: { limit: null }, sure: false });
  const over = openai('max_tokens is too large: 9000. This model supports at most 4096.');
  expect(learn(400, over)).toEqual({ change: { limit: null }, sure: true });
});

test.each([
  [400, openai('x')],
  [400, openai('Bad request')],
  [422, undefined],
  [400, vllm('x')],
  [400, 'invalid request'],
])('%i with %j gives no reason, and is retried without stream_options', (status, error) => {
  expect(learn(status, error)).toEqual({ change: { usage: false }, sure: false });
});

test.each<readonly [string, number, unknown]>([
  ['of a context', 400, openai('x', null, 'context_length_exceeded')],
  [
    'of a context, by llama.cpp',
    400,
    { code: 400, message: 'x', type: 'exceed_context_size_error', n_ctx: 4096 },
  ],
  ['of a context, in words', 400, openai('prompt is too long')],
  ['of a model', 400, openai('x', null, 'model_not_found')],
  ['of a key', 400, openai('API key not valid. Please pass a valid API key.')],
  ['of a policy', 400, openai('x', null, 'content_policy_violation')],
  ['of another field', 400, openai('x', 'messages')],
  ['a fault', 500, openai('x')],
  ['no key', 401, openai('stream_options')],
  ['no model', 404, openai('system role')],
  ['too many', 429, openai('stream_options')],
  ['away', 503, openai('stream_options')],
])('a refusal %s is not about the form of the request', (_, status, error) => {
  expect(learn(status, error)).toBeNull();
});

test.each([
  400,
  500,
  null,
  undefined,
  '',
  '400',
  '500',
  'invalid_request_error',
  'unsupported_value',
])('an error within the answer with the code %j teaches only what it says', (code) => {
  const status = code === '500' || code === 500 ? 500 : 400;
  const within = (message: string) => {
    const refusal = readRefusal(streamedError({ error: { message, code, status } }));
    return { refusal, lesson: refusal && lessonOf(DEFAULT_CAPABILITIES, refusal, SENT) };
  };
  const { refusal, lesson } = within('Internal error');
  expect(refusal?.status).toBe(status);
  expect(refusal && hasNoReason(refusal)).toBe(false);
  expect(lesson).toBe(null);
  expect(within('unknown field stream_options').lesson?.sure).toBe(true);
});

test.each<readonly [string, unknown, boolean]>([
  [
    'OpenAI',
    openai(
      "Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.",
      'temperature',
      'unsupported_value',
    ),
    true,
  ],
  ['FastAPI', fastApi('temperature'), true],
  ['a smaller range', openai('temperature: range: 0..1', 'temperature'), false],
])('a refused temperature is left out, by %s', (_name, error, sure) => {
  expect(learn(400, error)).toEqual({ change: { temperature: false }, sure });
  expect(learn(400, error, { temperature: false })).not.toMatchObject({
    change: { temperature: false },
  });
});

test('a parameter that a model does not take is left out, unless the answer depends on it', () => {
  const unsupported = (name: string) => openai(`Unsupported parameter: '${name}'`, name);
  expect(learn(400, unsupported('seed'))).toEqual({ change: { refused: ['seed'] }, sure: true });
  expect(learn(400, unsupported('seed'), { refused: ['top_p'] })).toEqual({
    change: { refused: ['top_p', 'seed'] },
    sure: true,
  });
  expect(learn(400, openai('top_p must be less than 1', 'top_p'))).toEqual({
    change: { refused: ['top_p'] },
    sure: false,
  });
  for (const name of ['stop', 'tools', 'min_p'])
    expect(learn(400, unsupported(name))?.change.refused).toBeUndefined();
});
