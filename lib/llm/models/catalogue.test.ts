import { expect, test } from 'vitest';
import { describedCatalogue, fixedCatalogue, listedCatalogue, pricesOf } from './catalogue';
import { listedModels } from './listed-models';
import { openModelList } from './model-list';
import { NO_PRICES } from '@/lib/env/prices';
import { upstreamError } from '@/lib/llm/failure/upstream-error';

/** A catalogue with a list and a clock that the test sets. */
function listed(named: readonly string[] = []) {
  let now = 0;
  let calls = 0;
  let answer: string[] | Error = [];
  let takesMs = 0;
  const list = () => {
    calls += 1;
    now += takesMs;
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve(listedModels(answer.map((id) => ({ id, n_ctx: 1000 * id.length }))));
  };
  const reported: string[] = [];
  const ticks = () => now;
  const upstream = openModelList(list, { ticks, onFailure: (reason) => reported.push(reason) });
  const catalogue = listedCatalogue(upstream, {
    named,
    fallbacks: ['stand-in'],
    notForChat: new Set(),
    prices: NO_PRICES,
  });
  return {
    reported,
    list: catalogue.list,
    models: async () => (await catalogue.list()).models,
    contextTokens: catalogue.contextTokens,
    pricesPending: catalogue.pricesPending,
    calls: () => calls,
    answers: (next: string[] | Error, ms = 0) => {
      answer = next;
      takesMs = ms;
    },
    pass: (ms: number) => (now += ms),
  };
}

test('models that cannot chat are left out, and configured names come first', async () => {
  const catalogue = listed(['mine']);
  catalogue.answers(['llama3', 'nomic-embed-text', 'whisper-1', 'tts-1', 'dall-e-3', 'mine']);
  expect(await catalogue.models()).toEqual(['mine', 'llama3']);
});

test('concurrent callers share one request, and the list is cached for a minute', async () => {
  const catalogue = listed();
  catalogue.answers(['old']);
  await Promise.all([catalogue.models(), catalogue.models(), catalogue.models()]);
  catalogue.answers(['new']);
  catalogue.pass(59_000);
  expect(await catalogue.models()).toEqual(['old']);
  expect(catalogue.calls()).toBe(1);
  catalogue.pass(2000);
  await catalogue.models();
  expect(await catalogue.models()).toEqual(['new']);
  expect(catalogue.calls()).toBe(2);
});

test('while the upstream fails, the last list is served', async () => {
  const catalogue = listed();
  catalogue.answers(['known']);
  await catalogue.models();
  catalogue.answers(new Error('away'));
  catalogue.pass(61_000);
  expect(await catalogue.models()).toEqual(['known']);
  expect(await catalogue.models()).toEqual(['known']);
});

test('while the upstream is unavailable the names are guessed, and it is retried some seconds later', async () => {
  const catalogue = listed();
  catalogue.answers(upstreamError('unreachable', 'ECONNREFUSED'));
  const guess = { models: ['stand-in'], demo: false, guessed: true };
  expect(await catalogue.list()).toEqual(guess);
  expect(await catalogue.list()).toEqual(guess);
  expect(catalogue.calls()).toBe(1);
  catalogue.answers(['back']);
  catalogue.pass(5000);
  expect(await catalogue.list()).toEqual({ models: ['back'], demo: false });
});

test('a server that is slow to fail is retried less often', async () => {
  const catalogue = listed();
  catalogue.answers(upstreamError('unreachable', 'ECONNREFUSED'), 3000);
  await catalogue.models();
  catalogue.pass(29_999);
  await catalogue.models();
  expect(catalogue.calls()).toBe(1);
  catalogue.pass(1);
  await catalogue.models();
  expect(catalogue.calls()).toBe(2);
});

test.each([
  ['that refuses it', upstreamError('refused', 'status 404')],
  ['that has none', []],
])('a server without a list, %s, gets default names', async (_, answer) => {
  const catalogue = listed();
  catalogue.answers(answer);
  expect(await catalogue.list()).toEqual({ models: ['stand-in'], demo: false, guessed: false });
});

test('configured names are offered without a list', async () => {
  const catalogue = listed(['mine']);
  catalogue.answers(upstreamError('unreachable', 'ECONNREFUSED'));
  expect(await catalogue.list()).toEqual({ models: ['mine'], demo: false, guessed: true });
});

test('each reason for a missing list is reported once', async () => {
  const catalogue = listed();
  const fail = async (what: string) => {
    catalogue.answers(upstreamError('unreachable', what));
    catalogue.pass(5000);
    await catalogue.models();
  };
  for (const what of ['ECONNREFUSED', 'ECONNREFUSED', 'ENOTFOUND']) await fail(what);
  expect(catalogue.reported).toHaveLength(2);
  catalogue.answers(['back']);
  catalogue.pass(5000);
  await catalogue.models();
  catalogue.pass(60_000);
  await fail('ENOTFOUND');
  await catalogue.models();
  expect(catalogue.reported).toHaveLength(3);
});

test('a list without any chat model by name is offered as it is', async () => {
  const catalogue = listed();
  catalogue.answers(['image-talker', 'guardian']);
  expect(await catalogue.models()).toEqual(['image-talker', 'guardian']);
});

test('contextTokens returns the listed context length', async () => {
  const catalogue = listed(['mine']);
  catalogue.answers(['llama3']);
  expect(catalogue.contextTokens('llama3')).toBe(null);
  await catalogue.models();
  expect(catalogue.contextTokens('llama3')).toBe(6000);
  expect(catalogue.contextTokens('mine')).toBe(null);
});

test('the operator’s price comes before the listed one, which counts only in US dollars', () => {
  const own = { input: 1, output: 2 };
  const fromList = { input: 3, output: 4 };
  const models = new Map([['mine', own]]);
  const inDollars = pricesOf({ currency: 'USD', models }, () => fromList);
  expect([inDollars('mine'), inDollars('other')]).toEqual([own, fromList]);
  const inEuros = pricesOf({ currency: 'EUR', models }, () => fromList);
  expect([inEuros('mine'), inEuros('other')]).toEqual([own, null]);
});

test('prices are pending while the server could not be asked, and not where it has no list', async () => {
  const catalogue = listed(['mine']);
  catalogue.answers(upstreamError('unreachable', 'ECONNREFUSED'));
  await catalogue.models();
  expect(catalogue.pricesPending()).toBe(true);
  catalogue.answers(upstreamError('refused', 'status 404'));
  catalogue.pass(5000);
  await catalogue.models();
  expect(catalogue.pricesPending()).toBe(false);
  const other = listed();
  other.answers(['there']);
  await other.models();
  expect(other.pricesPending()).toBe(false);
});

test('named models are offered alone, with the prices that the upstream lists', async () => {
  const price = { input: 3, output: 4 };
  let fromList = false;
  const upstream = {
    ...fixedCatalogue(['a', 'b'], { demo: false, priceOf: () => (fromList ? price : null) }),
    list: () => {
      fromList = true;
      return Promise.resolve({ models: ['a', 'b'], demo: false });
    },
  };
  const catalogue = describedCatalogue(['b'], upstream);
  expect(await catalogue.list()).toEqual({ models: ['b'], demo: false });
  expect(catalogue.priceOf('b')).toEqual(price);
});
