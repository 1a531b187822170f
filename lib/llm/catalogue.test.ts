import { expect, test } from 'vitest';
import { listedCatalogue } from './catalogue';

/** A catalogue over a list and a clock that the test sets. */
function listed(named: readonly string[] = []) {
  let now = 0;
  let asked = 0;
  let answer: string[] | Error = [];
  const list = () => {
    asked += 1;
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve(answer.map((id) => ({ id, contextTokens: id.length })));
  };
  const catalogue = listedCatalogue(list, { named, ticks: () => now });
  return {
    models: async () => (await catalogue.list()).models,
    contextTokens: catalogue.contextTokens,
    asked: () => asked,
    answers: (next: string[] | Error) => (answer = next),
    pass: (ms: number) => (now += ms),
  };
}

test('models that cannot chat are left out, and what the operator named comes first', async () => {
  const catalogue = listed(['mine']);
  catalogue.answers(['llama3', 'nomic-embed-text', 'whisper-1', 'tts-1', 'dall-e-3', 'mine']);
  expect(await catalogue.models()).toEqual(['mine', 'llama3']);
});

test('the upstream is asked once for many, and again after a minute', async () => {
  const catalogue = listed();
  catalogue.answers(['old']);
  await Promise.all([catalogue.models(), catalogue.models(), catalogue.models()]);
  catalogue.answers(['new']);
  catalogue.pass(59_000);
  expect(await catalogue.models()).toEqual(['old']);
  expect(catalogue.asked()).toBe(1);
  catalogue.pass(2000);
  await catalogue.models();
  expect(await catalogue.models()).toEqual(['new']);
  expect(catalogue.asked()).toBe(2);
});

test('while the upstream does not answer, the last list stands', async () => {
  const catalogue = listed();
  catalogue.answers(['known']);
  await catalogue.models();
  catalogue.answers(new Error('away'));
  catalogue.pass(61_000);
  expect(await catalogue.models()).toEqual(['known']);
  expect(await catalogue.models()).toEqual(['known']);
});

test('with nothing known it is unavailable, and the upstream is asked again some seconds later', async () => {
  const catalogue = listed();
  catalogue.answers(new Error('away'));
  const unavailable = { failure: { kind: 'unavailable', retryAfterSeconds: 5 } };
  await expect(catalogue.models()).rejects.toMatchObject(unavailable);
  await expect(catalogue.models()).rejects.toMatchObject(unavailable);
  expect(catalogue.asked()).toBe(1);
  catalogue.answers(['back']);
  catalogue.pass(5000);
  expect(await catalogue.models()).toEqual(['back']);
});

test('the size of a context is known of the models that were listed with one', async () => {
  const catalogue = listed(['mine']);
  catalogue.answers(['llama3']);
  expect(catalogue.contextTokens('llama3')).toBe(null);
  await catalogue.models();
  expect(catalogue.contextTokens('llama3')).toBe(6);
  expect(catalogue.contextTokens('mine')).toBe(null);
});
