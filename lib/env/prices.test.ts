import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEnv } from '@/lib/env';

const folder = mkdtempSync(path.join(tmpdir(), 'ask-next-prices-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (text: string) => {
  const file = path.join(folder, 'prices.json');
  writeFileSync(file, text);
  return readEnv({ CHAT_PRICES: file }).CHAT_PRICES;
};

test('a file has what a million tokens of a model cost', () => {
  const models = { 'gpt-5': { input: 1.25, output: 10 }, free: { input: 0, output: 0 } };
  const prices = read(JSON.stringify({ models }));
  expect(prices.currency).toBe('USD');
  expect(prices.models.get('gpt-5')).toEqual({ input: 1_250_000, output: 10_000_000 });
  expect(prices.models.get('free')).toEqual({ input: 0, output: 0 });
  expect(read(JSON.stringify({ currency: 'EUR', models: {} })).currency).toBe('EUR');
});

test.each([
  ['{"models":', /CHAT_PRICES names a file that is not JSON/],
  ['[]', /CHAT_PRICES names a file with a mistake/],
  ['{"models":{"m":{"input":"1","output":2}}}', /models m input must be a number/],
  ['{"models":{"m":{"input":-1,"output":2}}}', /models m input must not be below 0/],
  ['{"models":{"m":{"input":1}}}', /models m output must be a number/],
  ['{"models":{"m":{"input":1,"output":1,"prompt":1}}}', /models m .*prompt/],
  ['{"currency":"euro","models":{}}', /currency must be three capital letters/],
])('the mistake in %s is named at the start', (text, mistake) => {
  expect(() => read(text)).toThrow(mistake);
});

test('a file that is not there is named, without its path', () => {
  const start = () => readEnv({ CHAT_PRICES: path.join(folder, 'hidden.json') });
  expect(start).toThrow('CHAT_PRICES must be the path of a file that can be read');
  expect(start).not.toThrow('hidden');
});
