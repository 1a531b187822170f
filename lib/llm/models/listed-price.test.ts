import { expect, test } from 'vitest';
import { listedPrice } from './listed-price';

test.each([
  ['OpenRouter', { prompt: '0.00000125', completion: '0.00001', request: '0', image: '0.001' }],
  ['Vercel', { input: '0.00000125', output: '0.00001', input_cache_read: '0.0000001' }],
])('the price is read from the list of %s', (_, pricing) => {
  expect(listedPrice({ id: 'm', pricing })).toEqual({ input: 1_250_000, output: 10_000_000 });
});

test('a model that costs nothing has a price', () => {
  expect(listedPrice({ pricing: { prompt: '0', completion: '0' } })).toEqual({
    input: 0,
    output: 0,
  });
});

test.each([
  [{}],
  [{ pricing: null }],
  [{ pricing: { prompt: '0.000001' } }],
  [{ pricing: { prompt: '', completion: '' } }],
  [{ pricing: { prompt: '-1', completion: '-1' } }],
  [{ pricing: { prompt: 'free', completion: 'free' } }],
  // By the million: read as a price for a token it would be a million times too high.
  [{ pricing: { input: 0.88, output: 0.88 } }],
  [{ pricing: { prompt: '3', completion: '15' } }],
  [{ pricing: { prompt: '0.000001', completion: '0.000001', request: '0.005' } }],
])('%j has no price that is known', (item) => {
  expect(listedPrice(item)).toBeNull();
});
