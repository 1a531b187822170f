import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { withLinkedSignal } from './linked-signal';

test('the linked signal aborts with the outer one, with its reason', async () => {
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

test('finished work leaves no listener on the outer signal, and its own signal is aborted', async () => {
  const { signal: outer } = new AbortController();
  const inner = await withLinkedSignal(outer, (signal) => Promise.resolve(signal));
  expect(inner.aborted).toBe(true);
  expect(getEventListeners(outer, 'abort')).toEqual([]);
});

test('when the outer signal has aborted, so has the linked one', async () => {
  expect(
    await withLinkedSignal(AbortSignal.abort(), (signal) => Promise.resolve(signal.aborted)),
  ).toBe(true);
});
