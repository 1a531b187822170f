import { expect, test } from 'vitest';
import { listedModels } from './listed-models';

const names = (items: unknown) => listedModels(items).map(({ id }) => id);

test('only plain names are kept of a list that any server may have written', () => {
  const odd = [{ id: { a: 1 } }, { id: 7 }, { id: null }, {}, null, 'name', [], { id: ['x'] }];
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

test('a name is at most 200 characters, and comes once', () => {
  expect(names([{ id: 'x'.repeat(200) }, { id: 'x'.repeat(201) }])).toEqual(['x'.repeat(200)]);
  expect(names([{ id: 'a' }, { id: 'b' }, { id: 'a' }])).toEqual(['a', 'b']);
});

test('of a list of ten thousand the first 500 are kept', () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({ id: `model-${String(at)}` }));
  expect(names(many)).toHaveLength(500);
});

test('what is no list has no models', () => {
  for (const items of [undefined, null, 'list', { id: 'a' }]) expect(names(items)).toEqual([]);
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
])('the size of a context is read from %j', (fields, contextTokens) => {
  expect(listedModels([{ id: 'm', ...fields }])).toEqual([{ id: 'm', contextTokens }]);
});
