import { expect, test } from 'vitest';
import { AppError, type UpstreamReason } from '@/lib/errors';
import { withBreaker } from './breaker';
import type { Model } from '@/lib/ports/model';
import { textListener } from '@/tests/setup/text-listener';

const COOLDOWN_MS = 20_000;

function breakable() {
  let next: UpstreamReason | 'aborted' | null = null;
  let calls = 0;
  let opened = 0;
  let now = 0;
  const model: Model = {
    stream: () => {
      calls += 1;
      if (next === null) return Promise.resolve({ usage: null, finish: 'stop' as const });
      return Promise.reject(
        next === 'aborted'
          ? new DOMException('stopped', 'AbortError')
          : new AppError({ kind: 'upstream', reason: next }),
      );
    },
  };
  const guarded = withBreaker(model, {
    threshold: 3,
    cooldownMs: COOLDOWN_MS,
    ticks: () => now,
    onOpen: () => (opened += 1),
  });
  const signal = new AbortController().signal;
  const ask = (reason: typeof next) => {
    next = reason;
    const request = { requestId: 'r', model: 'm', messages: [], signal, onEvent: textListener() };
    return guarded.stream(request).then(
      () => 'ok',
      (thrown: unknown) => (thrown instanceof AppError ? thrown.failure.kind : 'other'),
    );
  };
  const cool = () => (now += COOLDOWN_MS);
  return { ask, cool, calls: () => calls, opened: () => opened };
}

test('three failed sends in a row open it, and then nothing is asked until the cooldown is over', async () => {
  const { ask, cool, calls, opened } = breakable();
  for (let n = 0; n < 3; n += 1) expect(await ask('failing')).toBe('upstream');
  expect(await ask(null)).toBe('unavailable');
  expect({ calls: calls(), opened: opened() }).toEqual({ calls: 3, opened: 1 });
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

/** A breaker over a model whose requests end when the test says so. */
function pending(threshold: number) {
  let now = 0;
  let opened = 0;
  const ends: ((reason: UpstreamReason) => void)[] = [];
  const model: Model = {
    stream: () =>
      new Promise((_resolve, reject) => {
        ends.push((reason) => {
          reject(new AppError({ kind: 'upstream', reason }));
        });
      }),
  };
  const guarded = withBreaker(model, {
    threshold,
    cooldownMs: COOLDOWN_MS,
    ticks: () => now,
    onOpen: () => (opened += 1),
  });
  const { signal } = new AbortController();
  const ask = () =>
    guarded
      .stream({ requestId: 'r', model: 'm', messages: [], signal, onEvent: textListener() })
      .catch((thrown: unknown) => (thrown instanceof AppError ? thrown.failure : null));
  const fail = (request: number) => ends[request]?.('failing');
  return { ask, fail, pass: (ms: number) => (now += ms), opened: () => opened };
}

test('while it is open it says for how long, and what ended in between changes nothing', async () => {
  const { ask, fail, pass } = pending(2);
  const calls = [ask(), ask(), ask()];
  fail(0);
  fail(1);
  await Promise.all(calls.slice(0, 2));
  pass(12_500);
  fail(2);
  await calls[2];
  expect(await ask()).toEqual({ kind: 'unavailable', reason: 'model', retryAfterSeconds: 8 });
});

test('a request from before the opening that fails during the trial changes nothing', async () => {
  const { ask, fail, pass, opened } = pending(1);
  const before = [ask(), ask()];
  fail(0);
  await before[0];
  pass(COOLDOWN_MS);
  const trial = ask();
  fail(1);
  await before[1];
  expect(opened()).toBe(1);
  fail(2);
  await trial;
  expect(opened()).toBe(2);
});

test('an aborted trial shows nothing: the next request is the trial', async () => {
  const { ask, cool, calls, opened } = breakable();
  for (let n = 0; n < 3; n += 1) await ask('failing');
  cool();
  expect(await ask('aborted')).toBe('other');
  expect(await ask('failing')).toBe('upstream');
  expect(await ask(null)).toBe('unavailable');
  expect({ calls: calls(), opened: opened() }).toEqual({ calls: 5, opened: 2 });
});

test('a trial that is refused shows that the upstream is back', async () => {
  const { ask, cool } = breakable();
  for (let n = 0; n < 3; n += 1) await ask('failing');
  cool();
  expect(await ask('refused')).toBe('upstream');
  expect(await ask('failing')).toBe('upstream');
  expect(await ask(null)).toBe('ok');
});

test('a success in between starts the count again', async () => {
  const { ask } = breakable();
  for (const reason of ['failing', 'failing', null, 'failing', 'failing'] as const)
    await ask(reason);
  expect(await ask(null)).toBe('ok');
});

const REFUSALS = [
  ...([
    'refused',
    'key',
    'forbidden',
    'unknown-model',
    'not-chat',
    'credit',
    'too-long',
    'limited',
  ] as const),
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

test.each(['text', 'progress'] as const)('the first %s of a trial closes it', async (first) => {
  let fail = true;
  let calls = 0;
  let now = 0;
  const end = Promise.withResolvers<void>();
  const speak = Promise.withResolvers<void>();
  const model: Model = {
    async stream(request) {
      calls += 1;
      if (fail) throw new AppError({ kind: 'upstream', reason: 'unreachable' });
      await speak.promise;
      request.onEvent(first === 'text' ? { kind: first, text: 'Back' } : { kind: first });
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
  const events: string[] = [];
  const ask = () =>
    guarded.stream({
      requestId: 'r',
      model: 'm',
      messages: [],
      signal,
      onEvent: ({ kind }) => events.push(kind),
    });
  await expect(ask()).rejects.toMatchObject({ failure: { kind: 'upstream' } });
  fail = false;
  now += COOLDOWN_MS;

  const trial = ask();
  await expect(ask()).rejects.toMatchObject({
    failure: { kind: 'unavailable', reason: 'model', retryAfterSeconds: 1 },
  });
  speak.resolve();
  await expect.poll(() => events).toEqual([first]);
  const next = ask();
  await expect.poll(() => events).toEqual([first, first]);
  end.resolve();
  expect(await Promise.all([trial, next])).toEqual([
    { usage: null, finish: 'stop' },
    { usage: null, finish: 'stop' },
  ]);
  expect(calls).toBe(3);
});
