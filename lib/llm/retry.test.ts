import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AppError, type UpstreamReason } from '@/lib/errors';
import type { Model } from '@/lib/ports/model';
import { withRetries } from './retry';
import { textListener } from '@/tests/setup/text-listener';

const failure = (reason: UpstreamReason, retryAfterSeconds?: number) =>
  new AppError({
    kind: 'upstream',
    reason,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });

/** A model that fails with these errors in order, then answers; sends `spoken` first if set. */
function failing(errors: unknown[], spoken = ''): Model & { calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    stream: ({ onEvent }) => {
      const error = errors[calls];
      calls += 1;
      if (spoken) onEvent({ kind: 'text', text: spoken });
      return error === undefined
        ? Promise.resolve({ usage: null, finish: 'stop' as const })
        : Promise.reject(error);
    },
  };
}

async function ask(model: Model, random = 1) {
  const pauses: number[] = [];
  let now = 0;
  const ticks = () => now;
  const sleep = (ms: number) => {
    pauses.push(ms);
    now += ms;
    return Promise.resolve();
  };
  const signal = new AbortController().signal;
  const request = { requestId: 'r', model: 'm', messages: [], signal, onEvent: textListener() };
  const calls = withRetries(model, {
    random: () => random,
    sleep,
    ticks,
    loadingMs: 60_000,
  }).stream(request);
  const error: unknown = await calls.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { error, pauses };
}

test('a transient failure is tried three times in all, with exponential backoff', async () => {
  const model = failing([failure('unreachable'), failure('failing')]);
  expect(await ask(model)).toEqual({ error: null, pauses: [1000, 2000] });
  const dead = failing([failure('failing'), failure('failing'), failure('limited')]);
  expect(await ask(dead)).toMatchObject({ error: { failure: { reason: 'limited' } } });
  expect(dead.calls()).toBe(3);
});

test('pauses have full jitter', async () => {
  expect((await ask(failing([failure('failing')]), 0)).pauses).toEqual([0]);
  expect((await ask(failing([failure('failing')]), 0.25)).pauses).toEqual([250]);
});

const NEVER_AGAIN = [
  ...(['broken', 'timeout', 'empty', 'length', 'filter'] as const),
  ...(['refused', 'key', 'forbidden', 'unknown-model', 'not-chat', 'credit', 'too-long'] as const),
];

test.each(NEVER_AGAIN)('%s is not retried', async (reason) => {
  const model = failing([failure(reason)]);
  expect(await ask(model)).toMatchObject({ error: { failure: { reason } }, pauses: [] });
});

test('after the first text nothing is retried', async () => {
  const model = failing([failure('unreachable')], 'Once');
  expect((await ask(model)).pauses).toEqual([]);
  expect(model.calls()).toBe(1);
});

test('after the first progress, of which no text may be shown yet, nothing is retried', async () => {
  let calls = 0;
  const model: Model = {
    stream: ({ onEvent }) => {
      calls += 1;
      onEvent({ kind: 'progress' });
      return Promise.reject(failure('unreachable'));
    },
  };
  expect(await ask(model)).toMatchObject({ pauses: [] });
  expect(calls).toBe(1);
});

test('Retry-After is respected, unless it is too long', async () => {
  expect((await ask(failing([failure('limited', 4)]))).pauses).toEqual([4000]);
  expect((await ask(failing([failure('limited', 1.5)]))).pauses).toEqual([1500]);
  expect((await ask(failing([failure('limited', 60)]))).pauses).toEqual([]);
});

test('a server that is loading its model is retried until it answers or the time is up', async () => {
  const loading = (times: number) => Array.from({ length: times }, () => failure('loading'));
  const { error, pauses } = await ask(failing(loading(10)));
  expect([error, pauses.slice(0, 4)]).toEqual([null, [1000, 2000, 3000, 3000]]);
  const stuck = await ask(failing(loading(100)));
  expect(stuck.error).toMatchObject({ failure: { reason: 'loading' } });
  expect(stuck.pauses.reduce((sum, ms) => sum + ms)).toBeGreaterThan(56_000);
  expect(stuck.pauses.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(60_000);
});

test('an unavailable server is retried for a shorter time', async () => {
  const away = (times: number) => Array.from({ length: times }, () => failure('away'));
  const { error, pauses } = await ask(failing(away(6)));
  expect([error, pauses.length]).toEqual([null, 6]);
  const gone = await ask(failing(away(100)));
  expect(gone.error).toMatchObject({ failure: { reason: 'away' } });
  expect(gone.pauses.reduce((sum, ms) => sum + ms)).toBeGreaterThan(16_000);
  expect(gone.pauses.reduce((sum, ms) => sum + ms)).toBeLessThanOrEqual(20_000);
});

test('an abort during the pause ends it without another request', async () => {
  const model = failing([failure('unreachable')]);
  const controller = new AbortController();
  let refusals = 0;
  const sleep = (ms: number, signal: AbortSignal) => {
    controller.abort();
    return wait(ms, undefined, { signal });
  };
  const calls = withRetries(model, { random: () => 1, sleep, ticks: () => 0, loadingMs: 0 }).stream(
    {
      requestId: 'r',
      model: 'm',
      messages: [],
      signal: controller.signal,
      onRefused: () => (refusals += 1),
      onEvent: textListener(),
    },
  );
  await expect(calls).rejects.toThrow('aborted');
  expect([model.calls(), refusals]).toEqual([1, 1]);
});
