import { expect, test } from 'vitest';
import { endOf, turnsOver } from '@/tests/setup/turns';
import { turnsOfEachTest } from '@/tests/setup/turns-of-each-test';
import type { LiveChannel, LivePiece } from '@/lib/chat/watch/live-channel';

/** What a model said that turned out to be a thought: it is taken back wherever it was shown or stored. */
const here = turnsOfEachTest();
const { send, goOn, stoppedAfter, contents } = here;

test('it is in no reply, and not in what is stored of a running turn', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  const stored = () => here.store.turns.textFrom(turn.requestId, 0);
  request.onText('a plan');
  await expect.poll(stored).toBe('a plan');
  request.onCut?.(0);
  request.onText('Hi');
  await expect.poll(stored).toBe('Hi');
  request.onText(' there');
  await expect.poll(stored).toBe('Hi there');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete' });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Hi there' });
});

test('all of it may be taken back', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('a plan');
  await expect.poll(() => here.store.turns.textFrom(turn.requestId, 0)).toBe('a plan');
  request.onCut?.(0);
  await expect.poll(() => here.store.turns.textFrom(turn.requestId, 0)).toBe('');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { reason: 'empty' } });
});

test('a reply that goes on keeps what it was', async () => {
  const turn = await goOn(await stoppedAfter('Once'));
  const request = await here.model.next();
  request.onText(' a plan');
  request.onCut?.(0);
  request.onText(' upon');
  request.finish();
  await endOf(turn);
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon' });
});

test('who comes back begins where nothing was taken back', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Well. A plan');
  request.onCut?.(6);
  request.onText('Hi there, all');
  expect([turn.resumeFrom(12), turn.resumeFrom(3)]).toEqual([6, 3]);
});

/** What one instance says the other hears at once. */
function channel(): LiveChannel {
  const heard = new Map<string, (piece: LivePiece) => void>();
  return {
    publish: (topic, piece) => heard.get(topic)?.(piece),
    listen(topic, hear) {
      heard.set(topic, hear);
      return () => heard.delete(topic);
    },
  };
}

test.each([
  ['the store alone', null],
  ['live text', channel()],
])('a watcher on another instance, by %s, has the same in the end', async (_, live) => {
  const one = turnsOver(here.store, { instance: 'one', channel: live });
  const other = turnsOver(here.store, { instance: 'other', channel: live });
  const turn = await one.send(here.sessionId);
  const request = await one.model.next();
  const watched = await other.turns.watch(one.owner, turn.requestId);
  const leave = watched?.watch(() => undefined);
  request.onText('a plan');
  await expect.poll(() => watched?.since(0)).toBe('a plan');
  request.onCut?.(0);
  request.onText('Hi there, you all');
  request.finish();
  await endOf(turn);
  await expect.poll(() => watched?.end()).toMatchObject({ state: 'complete' });
  expect(watched?.since(0)).toBe('Hi there, you all');
  expect(watched?.cuts()).toContain(0);
  leave?.();
});
