import { expect, test } from 'vitest';
import type { TurnEnd } from '@/lib/chat/turn/events';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import { waitForEnd } from './wait-for-end';

const complete: TurnEnd = { state: 'complete', replyId: 'r', usage: null, failure: null };

test('waitForEnd resolves with the end, and unsubscribes when the client disconnects', async () => {
  let left = false;
  const onUnwatched = () => {
    left = true;
  };
  const turn = liveTurn({
    onWatcherFault: () => undefined,
    requestId: 'id',
    owner: 'o',
    sessionId: null,
    shared: false,
    reply: [],
    onUnwatched,
  });
  const controller = new AbortController();
  const waiting = waitForEnd(turn, controller.signal);
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  expect(left).toBe(true);
  turn.finish(complete);
  expect(await waitForEnd(turn, new AbortController().signal)).toEqual(complete);
});
