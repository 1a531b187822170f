import { afterEach, beforeEach, expect, vi } from 'vitest';

const said: unknown[][] = [];

beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...words) => said.push(words));
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(said, 'nothing was written to the console').toEqual([]);
});
