import { expect, test } from 'vitest';
import { readTimeouts } from './read-timeouts';

function patience(limits = { idleTimeoutMs: 1000, bytesMax: 10_000 }) {
  let now = 0;
  let finished = false;
  const after = readTimeouts({ finished: () => finished }, limits, () => now);
  return {
    hear: (heard: Partial<Parameters<typeof after>[0]> = {}) =>
      after({ bytes: 1, progressed: false, isOver: false, ...heard }),
    pass: (ms: number) => (now += ms),
    finish: () => (finished = true),
  };
}

test('a response with content has no time limit, one without may take ten idle timeouts', () => {
  const { hear, pass } = patience();
  for (let piece = 0; piece < 100; piece += 1) {
    pass(9000);
    expect(hear({ progressed: true })).toBe(1000);
  }
  pass(10_000);
  expect(hear()).toBe(1000);
  pass(1);
  expect(() => hear()).toThrow(
    expect.objectContaining({ failure: { kind: 'upstream', reason: 'timeout' } }),
  );
});

test('a response over the byte limit is broken', () => {
  for (const progressed of [true, false]) {
    const { hear } = patience();
    expect(hear({ bytes: 10_000, progressed })).toBe(1000);
    expect(() => hear({ progressed })).toThrow(
      expect.objectContaining({ failure: { kind: 'upstream', reason: 'broken' } }),
    );
  }
});

test('after the finish reason the rest has one second, and after [DONE] each piece 100 ms', () => {
  const { hear, pass, finish } = patience();
  finish();
  expect(hear()).toBe(1000);
  pass(600);
  expect(hear({ isOver: true })).toBe(100);
  pass(401);
  expect(hear(), 'however much follows').toBe(null);
});

test('endless data after the finish reason is not read', () => {
  const { hear, finish } = patience();
  finish();
  expect(hear({ bytes: 10_001 })).toBe(null);
});
