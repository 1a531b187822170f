import { expect, test } from 'vitest';
import { semaphore } from './semaphore';

test('the limit holds, waiters enter in FIFO order, and a second release does nothing', async () => {
  const { enter } = semaphore(2);
  const inside: number[] = [];
  const come = async (n: number) => {
    const leave = await enter();
    inside.push(n);
    return leave;
  };
  const [one, , three, four] = [1, 2, 3, 4].map(come);
  await one;
  expect(inside).toEqual([1, 2]);
  const leave = await one;
  leave?.();
  leave?.();
  const leaveThree = await three;
  expect(inside).toEqual([1, 2, 3]);
  leaveThree?.();
  await four;
  expect(inside).toEqual([1, 2, 3, 4]);
});

test('a released place is available at once', async () => {
  const { enter } = semaphore(1);
  (await enter())();
  await expect(enter()).resolves.toBeInstanceOf(Function);
});
