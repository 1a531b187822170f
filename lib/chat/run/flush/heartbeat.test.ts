import { expect, test } from 'vitest';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import { manualClock } from '@/tests/setup/manual-clock';
import { heartbeat } from './heartbeat';

test('the turns are renewed also while the heartbeat of the process fails', async () => {
  const clock = manualClock();
  const own = { requestId: 'r', owner: 'o', sessionId: 's', shared: true, reply: [] };
  const turn = liveTurn({ ...own, onUnwatched: () => undefined, onWatcherFault: () => undefined });
  const renewed: (readonly string[])[] = [];
  const beat = heartbeat({
    store: {
      heartbeat: () => Promise.reject(new Error('no such table')),
      renewTurns: (requestIds) => {
        renewed.push(requestIds);
        return Promise.resolve();
      },
    },
    live: new Map([['r', turn]]),
    instance: 'here',
    clock,
  });
  for (let round = 0; round < 3; round += 1) {
    await expect(beat()).rejects.toThrow('no such table');
    await clock.pass(3000);
  }
  expect(renewed).toEqual([['r'], ['r']]);
});
