import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import type { Model } from '@/lib/ports/model';
import { recordingLog } from '@/tests/setup/log';
import { connectionChecker } from './check-connection';

const answers: Model = { stream: () => Promise.resolve({ usage: null, finish: 'stop' }) };
const refusing = (failure: ConstructorParameters<typeof AppError>[0]): Model => ({
  stream: () => Promise.reject(new AppError(failure)),
});

function checking(model: Model, { demo = false, now = { ms: 0 } } = {}) {
  const { log, logged } = recordingLog();
  const catalogue = {
    list: () => Promise.resolve({ models: ['first', 'second'], demo }),
    contextTokens: () => null,
    priceOf: () => null,
    pricesPending: () => false,
  };
  const check = connectionChecker({ model, catalogue, timeoutMs: 1000, ticks: () => now.ms, log });
  return { check, logged };
}

test('the demo is said to be the demo, and asked nothing', async () => {
  const { check } = checking(refusing({ kind: 'internal' }), { demo: true });
  expect(await check()).toEqual({ state: 'demo' });
});

test('a model that answers is named with its time', async () => {
  const { check } = checking(answers);
  expect(await check()).toMatchObject({ state: 'ok', model: 'first' });
});

test('what the upstream refuses has its reason, and the log the cause', async () => {
  const { check, logged } = checking(refusing({ kind: 'upstream', reason: 'key' }));
  expect(await check()).toEqual({ state: 'failed', model: 'first', reason: 'key' });
  expect(logged).toMatchObject([{ event: 'connection.check_failed' }]);
});

test('all who ask within five seconds share one request', async () => {
  const now = { ms: 0 };
  let asked = 0;
  const counting: Model = {
    stream: () => {
      asked += 1;
      return Promise.resolve({ usage: null, finish: 'stop' });
    },
  };
  const { check } = checking(counting, { now });
  await Promise.all([check(), check()]);
  now.ms = 4999;
  await check();
  expect(asked).toBe(1);
  now.ms = 5000;
  await check();
  expect(asked).toBe(2);
});
