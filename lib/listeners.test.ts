import { expect, test } from 'vitest';
import { listeners } from './listeners';

test('a listener that throws is reported and called no more; the others are', () => {
  const faults: unknown[] = [];
  let heard = 0;
  const { add, notify, size } = listeners((cause) => faults.push(cause));
  add(() => {
    throw new Error('broken');
  });
  add(() => (heard += 1));
  notify();
  notify();
  expect({ faults, heard, left: size() }).toEqual({
    faults: [new Error('broken')],
    heard: 2,
    left: 1,
  });
});

test('a listener that throws is called no more and the others are, also when its report throws', () => {
  let heard = 0;
  const { add, notify, size } = listeners(() => {
    throw new Error('no log');
  });
  add(() => {
    throw new Error('broken');
  });
  add(() => (heard += 1));
  expect(notify).toThrow('no log');
  notify();
  expect({ heard, left: size() }).toEqual({ heard: 2, left: 1 });
});

test('without a report what a listener throws is thrown, and it stays', () => {
  const { add, notify, size } = listeners();
  add(() => {
    throw new Error('broken');
  });
  expect(notify).toThrow('broken');
  expect(notify).toThrow('broken');
  expect(size()).toBe(1);
});

test('the last one to unsubscribe empties them, once', () => {
  let emptied = 0;
  const { add } = listeners(() => null);
  const removers = [1, 2].map((name) =>
    add(
      () => name,
      () => (emptied += 1),
    ),
  );
  removers[0]?.();
  expect(emptied).toBe(0);
  removers[1]?.();
  removers[1]?.();
  expect(emptied).toBe(1);
});
