import { expect, test, vi } from 'vitest';
import { debouncedJob } from './debounced-job';

const fail = (thrown: unknown) => {
  throw thrown;
};

test('a burst runs once, and requests during a run cause one more', async () => {
  const runs: PromiseWithResolvers<number | null>[] = [];
  const { request: ask } = debouncedJob(
    () => {
      const run = Promise.withResolvers<number | null>();
      runs.push(run);
      return run.promise;
    },
    1,
    fail,
  );
  ask();
  ask();
  await vi.waitFor(() => {
    expect(runs).toHaveLength(1);
  });
  ask();
  ask();
  runs[0]?.resolve(null);
  await vi.waitFor(() => {
    expect(runs).toHaveLength(2);
  });
  runs[1]?.resolve(1);
  await vi.waitFor(() => {
    expect(runs).toHaveLength(3);
  });
});

test('nothing runs after the end', async () => {
  let runs = 0;
  const { request: ask, end } = debouncedJob(() => Promise.resolve((runs += 1)), 1, fail);
  ask();
  end();
  ask();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs).toBe(0);
});

test('a job that rejects is reported, and later requests still run', async () => {
  const told: unknown[] = [];
  const runs: PromiseWithResolvers<number | null>[] = [];
  const { request: ask } = debouncedJob(
    () => {
      const run = Promise.withResolvers<number | null>();
      runs.push(run);
      return run.promise;
    },
    1,
    (thrown) => told.push(thrown),
  );
  const begun = (count: number) =>
    vi.waitFor(() => {
      expect(runs).toHaveLength(count);
    });
  ask();
  await begun(1);
  ask();
  runs[0]?.reject('first');
  await begun(2);
  runs[1]?.reject('second');
  await vi.waitFor(() => {
    expect(told).toEqual(['first', 'second']);
  });
  ask();
  await begun(3);
});
