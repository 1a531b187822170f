import { expect, test } from 'vitest';
import { AppError, type UpstreamReason } from '@/lib/errors';
import { withBreaker } from './breaker';
import type { Model } from '@/lib/ports/model';

const COOLDOWN_MS = 20_000;

function breakable() {
  let next: UpstreamReason | null = null;
  let asked = 0;
  let opened = 0;
  let now = 0;
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
    ticks: () => now,
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
  const cool = () => (now += COOLDOWN_MS);
  return { ask, cool, asked: () => asked, opened: () => opened };
}

test('three failed sends in a row open it, and then nothing is asked until the cooldown is over', async () => {
  const { ask, cool, asked, opened } = breakable();
  for (let n = 0; n < 3; n += 1) expect(await ask('failing')).toBe('upstream');
  expect(await ask(null)).toBe('unavailable');
  expect({ asked: asked(), opened: opened() }).toEqual({ asked: 3, opened: 1 });
  cool();
  expect(await ask(null)).toBe('ok');
  expect(await ask(null)).toBe('ok');
});

test('a failure after the cooldown opens it again', async () => {
  const { ask, cool } = breakable();
  for (let n = 0; n < 3; n += 1) await ask('unreachable');
  cool();
  expect(await ask('unreachable')).toBe('upstream');
  expect(await ask(null)).toBe('unavailable');
});

test('while it is open it says for how long, and what ended in between changes nothing', async () => {
  let now = 0;
  const ends: ((reason: UpstreamReason) => void)[] = [];
  const model: Model = {
    stream: () =>
      new Promise((_resolve, reject) => {
        ends.push((reason) => {
          reject(new AppError({ kind: 'upstream', reason }));
        });
      }),
  };
  const options = { threshold: 2, cooldownMs: COOLDOWN_MS, onOpen: () => undefined };
  const guarded = withBreaker(model, { ...options, ticks: () => now });
  const { signal } = new AbortController();
  const ask = () =>
    guarded
      .stream({ requestId: 'r', model: 'm', messages: [], signal, onText: () => undefined })
      .catch((thrown: unknown) => (thrown instanceof AppError ? thrown.failure : null));
  const asked = [ask(), ask(), ask()];
  ends[0]?.('failing');
  ends[1]?.('failing');
  await Promise.all(asked.slice(0, 2));
  now = 12_500;
  ends[2]?.('failing');
  await asked[2];
  expect(await ask()).toEqual({ kind: 'unavailable', reason: 'model', retryAfterSeconds: 8 });
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

test('errors of the request do not count', async () => {
  const { ask } = breakable();
  for (const reason of REFUSALS) expect(await ask(reason)).toBe('upstream');
  expect(await ask(null)).toBe('ok');
});

test.each(['loading', 'away', 'timeout', 'broken'] as const)(
  '%s counts as a failure',
  async (reason) => {
    const { ask } = breakable();
    for (let n = 0; n < 3; n += 1) await ask(reason);
    expect(await ask(null)).toBe('unavailable');
  },
);

test('after the cooldown one request probes, and its first text closes the breaker', async () => {
  let fail = true;
  let asked = 0;
  let now = 0;
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
    ticks: () => now,
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
  now += COOLDOWN_MS;

  const trial = ask();
  await expect(ask()).rejects.toMatchObject({
    failure: { kind: 'unavailable', reason: 'model', retryAfterSeconds: 1 },
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
