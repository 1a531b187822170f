import { expect, test } from 'vitest';
import { loadWithPatience } from './load-with-patience';

/** Something that fails so many times before it comes. */
function failing(times: number) {
  const waits: number[] = [];
  let tries = 0;
  const result = loadWithPatience(
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

test('what comes at once is not waited for', async () => {
  const { result, waits } = failing(0);
  expect(await result).toBe('it');
  expect(waits).toEqual([]);
});

test('what fails is tried again, after longer and longer', async () => {
  const { result, waits } = failing(3);
  expect(await result).toBe('it');
  expect(waits).toEqual([1_000, 2_000, 3_000]);
});

test('what never comes is given up on', async () => {
  const { result, tries } = failing(Infinity);
  expect(await result).toBeNull();
  expect(tries()).toBe(6);
});
