import { expect, test, vi } from 'vitest';
import { coalesce } from './coalesce';

test('a burst is one, and what is asked for meanwhile is done once more', async () => {
  const runs: PromiseWithResolvers<number | null>[] = [];
  const { ask } = coalesce(() => {
    const run = Promise.withResolvers<number | null>();
    runs.push(run);
    return run.promise;
  }, 1);
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

test('after the end nothing is done', async () => {
  let runs = 0;
  const { ask, end } = coalesce(() => Promise.resolve((runs += 1)), 1);
  ask();
  end();
  ask();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs).toBe(0);
});
