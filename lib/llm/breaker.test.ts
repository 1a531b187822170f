import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AppError, type UpstreamReason } from '@/lib/errors';
import { withBreaker } from './breaker';
import type { Model } from './port';

const COOLDOWN_MS = 60;

function breakable() {
  let next: UpstreamReason | null = null;
  let asked = 0;
  let opened = 0;
  const model: Model = {
    stream: () => {
      asked += 1;
      if (next === null) return Promise.resolve({ usage: null, finish: 'stop' as const });
      return Promise.reject(new AppError({ kind: 'upstream', reason: next }));
    },
  };
  const guarded = withBreaker(model, {
    threshold: 3,
    cooldownMs: COOLDOWN_MS,
    onOpen: () => (opened += 1),
  });
  const signal = new AbortController().signal;
  const ask = (reason: UpstreamReason | null) => {
    next = reason;
    const request = { requestId: 'r', model: 'm', messages: [], signal, onText: () => undefined };
    return guarded.stream(request).then(
      () => 'ok',
      (thrown: unknown) => (thrown instanceof AppError ? thrown.failure.kind : 'other'),
    );
  };
  return { ask, asked: () => asked, opened: () => opened };
}

test('three failed sends in a row open it, and then nothing is asked until the cooldown is over', async () => {
  const { ask, asked, opened } = breakable();
  for (let n = 0; n < 3; n += 1) expect(await ask('failing')).toBe('upstream');
  expect(await ask(null)).toBe('unavailable');
  expect({ asked: asked(), opened: opened() }).toEqual({ asked: 3, opened: 1 });
  await wait(COOLDOWN_MS + 10);
  expect(await ask(null)).toBe('ok');
  expect(await ask(null)).toBe('ok');
});

test('a failure after the cooldown opens it again', async () => {
  const { ask } = breakable();
  for (let n = 0; n < 3; n += 1) await ask('unreachable');
  await wait(COOLDOWN_MS + 10);
  expect(await ask('unreachable')).toBe('upstream');
  expect(await ask(null)).toBe('unavailable');
});

test('a success in between starts the count anew', async () => {
  const { ask } = breakable();
  for (const reason of ['failing', 'failing', null, 'failing', 'failing'] as const)
    await ask(reason);
  expect(await ask(null)).toBe('ok');
});

const REFUSALS = [
  ...(['refused', 'key', 'forbidden', 'unknown-model', 'credit', 'too-long', 'limited'] as const),
  ...(['empty', 'length', 'filter'] as const),
];

test('what is about the request and not about the upstream does not count', async () => {
  const { ask } = breakable();
  for (const reason of REFUSALS) expect(await ask(reason)).toBe('upstream');
  expect(await ask(null)).toBe('ok');
});

test.each(['loading', 'away', 'timeout', 'broken'] as const)(
  '%s counts like a failure',
  async (reason) => {
    const { ask } = breakable();
    for (let n = 0; n < 3; n += 1) await ask(reason);
    expect(await ask(null)).toBe('unavailable');
  },
);

test('after the cooldown one is let through, and its first text lets in the others', async () => {
  let fail = true;
  let asked = 0;
  const end = Promise.withResolvers<void>();
  const speak = Promise.withResolvers<void>();
  const model: Model = {
    async stream({ onText }) {
      asked += 1;
      if (fail) throw new AppError({ kind: 'upstream', reason: 'unreachable' });
      await speak.promise;
      onText('Back');
      await end.promise;
      return { usage: null, finish: 'stop' };
    },
  };
  const guarded = withBreaker(model, {
    threshold: 1,
    cooldownMs: COOLDOWN_MS,
    onOpen: () => undefined,
  });
  const signal = new AbortController().signal;
  const texts: string[] = [];
  const ask = () =>
    guarded.stream({
      requestId: 'r',
      model: 'm',
      messages: [],
      signal,
      onText: (text) => texts.push(text),
    });
  await expect(ask()).rejects.toMatchObject({ failure: { kind: 'upstream' } });
  fail = false;
  await wait(COOLDOWN_MS + 10);

  const trial = ask();
  await expect(ask()).rejects.toMatchObject({
    failure: { kind: 'unavailable', retryAfterSeconds: 1 },
  });
  speak.resolve();
  await expect.poll(() => texts).toEqual(['Back']);
  const next = ask();
  await expect.poll(() => texts).toEqual(['Back', 'Back']);
  end.resolve();
  expect(await Promise.all([trial, next])).toEqual([
    { usage: null, finish: 'stop' },
    { usage: null, finish: 'stop' },
  ]);
  expect(asked).toBe(3);
});
