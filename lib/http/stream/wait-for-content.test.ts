import { expect, test } from 'vitest';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import { waitForContent } from './wait-for-content';

const turn = () => {
  let left = 0;
  const live = liveTurn({
    requestId: 'r',
    owner: 'o',
    sessionId: null,
    shared: false,
    reply: [],
    onUnwatched: () => (left += 1),
    onWatcherFault: (cause) => {
      throw cause;
    },
  });
  return { live, left: () => left };
};
const never = new AbortController().signal;

test('it waits for the first content, the end, or until it is out of patience', async () => {
  const { live, left } = turn();
  const waiting = waitForContent(live, never);
  live.write('word');
  await waiting;
  expect(left()).toBe(1);
  const ending = turn();
  const end = waitForContent(ending.live, never);
  ending.live.finish({
    state: 'failed',
    replyId: null,
    usage: null,
    failure: { kind: 'internal' },
  });
  await end;
  await waitForContent(turn().live, never, 1);
});

test('a client that leaves ends the wait with its reason', async () => {
  const { live, left } = turn();
  const leaving = new AbortController();
  const waiting = waitForContent(live, leaving.signal);
  leaving.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  expect(left()).toBe(1);
});
