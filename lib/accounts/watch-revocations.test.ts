import { expect, test } from 'vitest';
import { recordingLog } from '@/tests/setup/log';
import { manualClock } from '@/tests/setup/manual-clock';
import { watchRevocations } from './watch-revocations';

test('what a signed-out browser still has open ends, and nothing else does', async () => {
  const clock = manualClock();
  const { log, logged } = recordingLog();
  let signedIn: ReadonlySet<string> | Error = new Set(['one', 'two']);
  const stillValid = () =>
    signedIn instanceof Error ? Promise.reject(signedIn) : Promise.resolve(signedIn);
  const { watch } = watchRevocations({ stillValid, clock, log });
  const ended: string[] = [];
  const open = (hash: string, name = hash) => watch(hash, () => ended.push(name));
  open('one');
  open('one', 'one too');
  open('two');
  const leave = open('three');
  leave();

  await clock.pass(1000);
  expect(ended).toEqual([]);
  signedIn = new Error('gone');
  await clock.pass(1000);
  expect(logged).toMatchObject([{ event: 'accounts.poll_failed' }]);
  signedIn = new Set(['two']);
  await clock.pass(1000);
  expect(ended).toEqual(['one', 'one too']);
  signedIn = new Set();
  await clock.pass(1000);
  expect(ended).toEqual(['one', 'one too', 'two']);
  expect(clock.waiting()).toBe(0);
});
