import { beforeEach, expect, test } from 'vitest';
import { said } from '@/tests/setup/entries';
import { silentLog } from '@/tests/setup/log';
import { turnRecovery } from './recovery';

const ago = (ms: number) => new Date(Date.now() - ms);
let heartbeat: Date;
let ended: string[];
let away: boolean;
let recover: () => Promise<void>;

const unlessAway = <Value>(value: Value): Promise<Value> =>
  away ? Promise.reject(new Error('locked')) : Promise.resolve(value);

/** One turn of another process, known only by its heartbeat. */
beforeEach(() => {
  heartbeat = ago(0);
  ended = [];
  away = false;
  recover = turnRecovery({
    store: {
      running: () => Promise.resolve([{ requestId: 'r', instance: 'other', heartbeat }]),
      canWrite: () => unlessAway(undefined),
      entriesFrom: () => Promise.resolve(said('Once')),
      end: ({ requestId, state, failure, usage }) => {
        ended.push(requestId);
        return Promise.resolve({ state, failure, usage, replyId: null });
      },
    },
    clock: { now: () => ago(0) },
    log: silentLog,
    runsHere: () => false,
    isDead: () => false,
  });
});

test('a turn whose heartbeat changes is alive, whatever the clock', async () => {
  for (let look = 0; look < 10; look += 1) {
    heartbeat = ago(100_000 - look);
    await recover();
  }
  expect(ended).toEqual([]);
});

test('a turn is recovered after four polls with the same heartbeat', async () => {
  for (let look = 0; look < 3; look += 1) await recover();
  expect(ended).toEqual([]);
  await recover();
  expect(ended).toEqual(['r']);
});

test('after a time without writes a process gets the whole period again', async () => {
  for (let look = 0; look < 3; look += 1) await recover();
  away = true;
  await expect(recover()).rejects.toThrow('locked');
  away = false;
  for (let look = 0; look < 3; look += 1) await recover();
  expect(ended).toEqual([]);
});
