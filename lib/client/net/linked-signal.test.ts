import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { withLinkedSignal } from './linked-signal';

test('what is linked aborts with the outer signal and for its reason', async () => {
  const outer = new AbortController();
  const working = withLinkedSignal(
    outer.signal,
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      }),
  );
  outer.abort(new Error('left'));
  await expect(working).rejects.toThrow('left');
});

test('work that is done leaves nothing at the outer signal, and its own is aborted', async () => {
  const { signal: outer } = new AbortController();
  const inner = await withLinkedSignal(outer, (signal) => Promise.resolve(signal));
  expect(inner.aborted).toBe(true);
  expect(getEventListeners(outer, 'abort')).toEqual([]);
});

test('where the outer signal has aborted already, so has the linked one', async () => {
  expect(
    await withLinkedSignal(AbortSignal.abort(), (signal) => Promise.resolve(signal.aborted)),
  ).toBe(true);
});
