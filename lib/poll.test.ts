import { expect, test } from 'vitest';
import { manualClock } from '@/tests/setup/manual-clock';
import { poll } from './poll';

test('a job runs again after each pause, never twice at once, until there is no pause', async () => {
  const clock = manualClock();
  let pause: number | null = 100;
  let running = Promise.withResolvers<void>();
  let runs = 0;
  const arrange = poll(
    clock,
    () => pause,
    () => {
      runs += 1;
      return running.promise;
    },
  );
  arrange();
  await clock.pass(100);
  arrange();
  await clock.pass(500);
  expect(runs).toBe(1);
  running.resolve();
  running = Promise.withResolvers();
  await clock.pass(100);
  expect(runs).toBe(2);
  pause = null;
  running.resolve();
  await clock.pass(500);
  expect({ runs, waiting: clock.waiting() }).toEqual({ runs: 2, waiting: 0 });
});

test('to call it again and again does not put a run off; another wait does, or brings it forward', async () => {
  const clock = manualClock();
  let pause: number | null = 200;
  let runs = 0;
  const arrange = poll(
    clock,
    () => pause,
    () => void (runs += 1),
  );
  for (let n = 0; n < 4; n += 1) {
    arrange();
    await clock.pass(50);
  }
  expect(runs).toBe(1);
  pause = 50;
  arrange();
  await clock.pass(50);
  expect(runs).toBe(2);
  pause = 500;
  arrange();
  await clock.pass(450);
  expect(runs).toBe(2);
  pause = null;
  arrange();
  expect(clock.waiting()).toBe(0);
});
