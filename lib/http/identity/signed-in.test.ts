import { expect, test, vi } from 'vitest';
import { newToken } from '@/lib/accounts/token';
import { user } from '@/lib/accounts/principal';
import { log } from '@/lib/log';
import { shareSignIns, signedInBy } from './signed-in';

const found = (id: string, isNoted: boolean) => ({
  id,
  personId: 'ada',
  role: 'member' as const,
  isNoted,
});

test('a request waits for no note of its use, and one that fails does not fail it', async () => {
  const noted: string[] = [];
  let fail = (_cause: Error): void => undefined;
  const share = (id: string, isNoted: boolean) => {
    shareSignIns(() =>
      Promise.resolve({
        signedIn: () => Promise.resolve(found(id, isNoted)),
        used(used) {
          noted.push(used);
          return new Promise((_resolve, reject) => {
            fail = reject;
          });
        },
      }),
    );
  };
  share('one', false);
  expect(await signedInBy(newToken())).toEqual(user('ada', 'member'));
  // The write of the first request is still running.
  expect(await signedInBy(newToken())).toEqual(user('ada', 'member'));
  expect(noted).toEqual(['one']);
  const warned = vi.spyOn(log(), 'warn').mockReturnValue();
  fail(new Error('the disk is full'));
  await vi.waitFor(async () => {
    await signedInBy(newToken());
    expect(noted).toEqual(['one', 'one']);
  });
  const cause = 'the disk is full';
  expect(warned.mock.calls).toEqual([[{ event: 'accounts.use_failed', cause }]]);
  warned.mockRestore();
  share('two', true);
  await signedInBy(newToken());
  expect(noted).toEqual(['one', 'one']);
});
