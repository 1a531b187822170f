import { beforeEach, expect, test } from 'vitest';
import { turnRecovery } from './recovery';

const ago = (ms: number) => new Date(Date.now() - ms);
let heartbeat: Date;
let ended: string[];
let away: boolean;
let recover: () => Promise<void>;

const unlessAway = <Value>(value: Value): Promise<Value> =>
  away ? Promise.reject(new Error('locked')) : Promise.resolve(value);

/** One turn of another process, of which nothing is known but its heartbeat. */
beforeEach(() => {
  heartbeat = ago(0);
  ended = [];
  away = false;
  recover = turnRecovery({
    store: {
      running: () => Promise.resolve([{ requestId: 'r', instance: 'other', heartbeat }]),
      canWrite: () => unlessAway(undefined),
      textFrom: () => Promise.resolve('Once'),
      end: ({ requestId, state, failure, usage }) => {
        ended.push(requestId);
        return Promise.resolve({ state, failure, usage, replyId: null });
      },
    },
    clock: { now: () => ago(0) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    runsHere: () => false,
    isDead: () => false,
  });
});

test('a heart that beats is alive, whatever its clock says', async () => {
  for (let look = 0; look < 10; look += 1) {
    heartbeat = ago(100_000 - look);
    await recover();
  }
  expect(ended).toEqual([]);
});

test('one that was still for four looks is taken for dead', async () => {
  for (let look = 0; look < 3; look += 1) await recover();
  expect(ended).toEqual([]);
  await recover();
  expect(ended).toEqual(['r']);
});

test('after a time in which nothing could be written its process has as long again', async () => {
  for (let look = 0; look < 3; look += 1) await recover();
  away = true;
  await expect(recover()).rejects.toThrow('locked');
  away = false;
  for (let look = 0; look < 3; look += 1) await recover();
  expect(ended).toEqual([]);
});
