import { expect, test } from 'vitest';
import { loadWithRetries } from './load-with-retries';

/** Fails this many times before it succeeds. */
function failing(times: number) {
  const waits: number[] = [];
  let tries = 0;
  const result = loadWithRetries(
    () => {
      tries += 1;
      return tries > times ? Promise.resolve('it') : Promise.reject(new Error('gone'));
    },
    (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  );
  return { result, waits, tries: () => tries };
}

test('a success is returned at once', async () => {
  const { result, waits } = failing(0);
  expect(await result).toBe('it');
  expect(waits).toEqual([]);
});

test('a failure is retried with streaming delays', async () => {
  const { result, waits } = failing(3);
  expect(await result).toBe('it');
  expect(waits).toEqual([1_000, 2_000, 3_000]);
});

test('repeated failure gives up', async () => {
  const { result, tries } = failing(Infinity);
  expect(await result).toBeNull();
  expect(tries()).toBe(6);
});
