import { expect, test } from 'vitest';
import { listedModels } from './listed-models';

const names = (items: unknown) => listedModels(items).map(({ id }) => id);

test('names with control or invisible characters are dropped', () => {
  const odd = [{ id: { a: 1 } }, { id: 7 }, { id: null }, {}, null, 7, [], { id: ['x'] }];
  const unplain = [
    '',
    ' ',
    'a\nb',
    'a\u0007',
    'a\u009b',
    'a\u202eb',
    'a\u200b',
    '\ud800',
    'a\u2028',
  ];
  expect(names([...odd, ...unplain.map((id) => ({ id })), { id: 'qwen 3/8b:latest' }])).toEqual([
    'qwen 3/8b:latest',
  ]);
});

test('names over 200 characters and duplicates are dropped', () => {
  expect(names([{ id: 'x'.repeat(200) }, { id: 'x'.repeat(201) }])).toEqual(['x'.repeat(200)]);
  expect(names([{ id: 'a' }, { id: 'b' }, { id: 'a' }])).toEqual(['a', 'b']);
});

test('the first 500 of ten thousand models are kept', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({ id: `model-${String(at)}` }));
  expect(names(many)).toHaveLength(500);
});

test('a body without a list has no models', () => {
  for (const items of [undefined, null, 'list', { id: 'a' }, { data: 'x', models: {} }])
    expect(names(items)).toEqual([]);
});

test.each([
  [{ context_length: 8192 }, 8192],
  [{ max_model_len: 4096 }, 4096],
  [{ context_window: 131_072 }, 131_072],
  [{ max_context_length: 32_768, loaded_context_length: 4096 }, 4096],
  [{ meta: { n_ctx_train: 40_960 } }, 40_960],
  [{ meta: null }, null],
  [{}, null],
  [{ context_length: '8192' }, null],
  [{ context_length: 1.5, max_model_len: -1, context_window: 0 }, null],
])('the context length is read from %j', (fields, contextTokens) => {
  expect(listedModels([{ id: 'm', ...fields }])).toMatchObject([{ id: 'm', contextTokens }]);
});

test.each([
  ['a bare array', [{ id: 'a' }, { id: 'b' }]],
  ['OpenAI', { object: 'list', data: [{ id: 'a' }, { id: 'b' }] }],
  [
    'Ollama',
    {
      models: [
        { name: 'a', model: 'a' },
        { name: 'b', model: 'b' },
      ],
    },
  ],
  ['Cloudflare', { success: true, result: [{ name: 'a' }, { name: 'b' }] }],
  ['LM Studio', { models: [{ key: 'a' }, { key: 'b' }] }],
  ['one in another', { data: { models: [{ id: 'a' }, { id: 'b' }] } }],
  ['LiteLLM with a pattern', { data: [{ id: 'openai/*' }, { id: 'a' }, { id: 'b' }] }],
  ['names alone', { data: ['a', 'b'] }],
  ['an empty list and a full one', { data: null, models: [{ model: 'a' }, { model: 'b' }] }],
  [
    'names for people',
    {
      data: [
        { id: 'a', name: 'The A' },
        { id: 'b', name: 'The B' },
      ],
    },
  ],
])('the list of %s is parsed', (_, body) => {
  expect(names(body)).toEqual(['a', 'b']);
});

const chatting = (items: unknown) =>
  listedModels(items).flatMap(({ id, chats }) => (chats ? [id] : []));

test('a model that is not for chat is recognized by its name', () => {
  const others = [
    'sora-2',
    'gpt-realtime',
    'llama-guard-4',
    'nomic-bert',
    'nomic-embed-text',
    'bge-m3',
    'deepseek-ocr',
    'computer-use-preview',
    'text-embedding-3-small',
    'omni-moderation-latest',
    'whisper-1',
    'tts-1-hd',
    'gpt-4o-mini-tts',
    'gpt-4o-transcribe',
    'gpt-audio',
    'gpt-image-1',
    'dall-e-3',
    'o1-pro',
    'gpt-5-pro',
    'gpt-5-codex',
    'o3-deep-research',
    'gpt-3.5-turbo-instruct',
    'babbage-002',
    'models/gemini-2.5-flash-preview-tts',
    'models/imagen-4.0-generate-001',
    'BAAI/bge-reranker-v2-m3',
    'black-forest-labs/FLUX.1-schnell',
    'intfloat/multilingual-e5-large',
  ];
  const ours = [
    'qwen3:8b',
    'gpt-5.2',
    'gpt-4o',
    'chatgpt-4o-latest',
    'o3',
    'Meta-Llama-3-8B-Instruct',
    'models/gemini-2.5-pro',
    'claude-opus-4-5',
    'mistral-large-latest',
    'google/gemma-3n-e4b-it',
    'deepseek-ai/DeepSeek-V3.2',
    'gpt-oss:20b',
    'codestral-latest',
  ];
  expect(chatting([...others, ...ours])).toEqual(ours);
});

test('a model’s metadata takes precedence over its name', () => {
  expect(
    chatting([
      { id: 'image-wizard', type: 'chat' },
      { id: 'together-e', type: 'embedding' },
      { id: 'embed-talk', capabilities: { completion_chat: true } },
      { id: 'mistral-ocr', capabilities: { completion_chat: false } },
      { id: 'router-draws', architecture: { output_modalities: ['image'] } },
      { id: 'router-writes', architecture: { output_modalities: ['text'] } },
      { name: 'cohere-v', endpoints: ['embed'] },
      { name: 'cohere-c', endpoints: ['generate', 'chat'] },
      { name: 'models/aqa', supportedGenerationMethods: ['generateAnswer'] },
      { name: 'models/gem-x', supportedGenerationMethods: ['generateContent'] },
      { id: 'fire', supports_chat: false },
      { id: 'groq-gone', active: false },
      { id: 'azure-ada', capabilities: { chat_completion: false, embeddings: true } },
      { id: 'github-e', supported_output_modalities: ['embeddings'] },
      { id: 'novita-e', model_type: 'embedding' },
      { id: 'u1', name: '@cf/baai/small', task: { name: 'Text Embeddings' } },
      { id: 'u2', name: '@cf/meta/llama', task: { name: 'Text Generation' } },
    ]),
  ).toEqual([
    'image-wizard',
    'embed-talk',
    'router-writes',
    'cohere-c',
    'models/gem-x',
    '@cf/meta/llama',
  ]);
});

test('in OpenAI’s list the newest model with a plain name comes first', () => {
  const owned = (id: string, created: number, owned_by = 'system') => ({ id, created, owned_by });
  expect(
    names([
      owned('gpt-4-0613', 1, 'openai'),
      owned('gpt-5.2-2025-12-11', 90),
      owned('gpt-4', 2, 'openai'),
      owned('gpt-5.2', 80),
      owned('gpt-5-mini', 95),
      owned('gpt-5', 70),
      owned('ft:gpt-4o:mine', 99, 'user-1'),
    ]),
  ).toEqual([
    'gpt-5.2',
    'gpt-5',
    'gpt-4',
    'ft:gpt-4o:mine',
    'gpt-5-mini',
    'gpt-5.2-2025-12-11',
    'gpt-4-0613',
  ]);
  expect(names([{ id: 'old', created: 1 }, owned('new', 2)])).toEqual(['old', 'new']);
});
