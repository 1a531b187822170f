import { expect, test } from 'vitest';
import { endOf, turnsOver } from '@/tests/setup/turns/turns';
import { turnsOfEachTest } from '@/tests/setup/turns/turns-of-each-test';
import type { LiveChannel, LivePiece } from '@/lib/chat/watch/live-channel';
import { textFrom } from '@/tests/setup/entries';
import { textOf } from '@/lib/reply/entry';

/** Text of a model that turned out to be its reasoning is removed wherever it was shown or stored. */
const here = turnsOfEachTest();
const { send, goOn, stoppedAfter, contents } = here;

test('removed text is in no reply and not in the stored text of a running turn', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  const stored = () => textFrom(here.store.turns, turn.requestId, 0);
  request.onText('a plan');
  await expect.poll(stored).toBe('a plan');
  request.onCut(0);
  request.onText('Hi');
  await expect.poll(stored).toBe('Hi');
  request.onText(' there');
  await expect.poll(stored).toBe('Hi there');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'complete' });
  expect((await contents()).at(-1)).toMatchObject({ content: 'Hi there' });
});

test('all of the text can be removed', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('a plan');
  await expect.poll(() => textFrom(here.store.turns, turn.requestId, 0)).toBe('a plan');
  request.onCut(0);
  await expect.poll(() => textFrom(here.store.turns, turn.requestId, 0)).toBe('');
  request.finish();
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { reason: 'empty' } });
});

test('a continuation keeps the earlier reply', async () => {
  const turn = await goOn(await stoppedAfter('Once'));
  const request = await here.model.next();
  request.onText(' a plan');
  request.onCut(0);
  request.onText(' upon');
  request.finish();
  await endOf(turn);
  expect((await contents()).at(-1)).toMatchObject({ content: 'Once upon' });
});

test('a client that reconnects resumes before the cut', async () => {
  const turn = await send('hello');
  const request = await here.model.next();
  request.onText('Well. A plan');
  request.onCut(6);
  request.onText('Hi there, all');
  expect([turn.resumeFrom(12), turn.resumeFrom(3)]).toEqual([6, 3]);
});

/** Delivers what one instance publishes to the other at once. */
function channel(): LiveChannel {
  const heard = new Map<string, (piece: LivePiece) => void>();
  return {
    publish: (topic, piece) => heard.get(topic)?.(piece),
    listened: (topics) => Promise.resolve(new Set(topics.filter((topic) => heard.has(topic)))),
    listen(topic, hear) {
      heard.set(topic, hear);
      return () => heard.delete(topic);
    },
  };
}

test.each([
  ['the store alone', null],
  ['live text', channel()],
])('a watcher on another instance, through %s, has the same text in the end', async (_, live) => {
  const one = turnsOver(here.store, { instance: 'one', channel: live });
  const other = turnsOver(here.store, { instance: 'other', channel: live });
  const turn = await one.send(here.sessionId);
  const request = await one.model.next();
  const watched = await other.turns.watch(one.owner, turn.requestId);
  const leave = watched?.watch(() => undefined);
  request.onText('a plan');
  await expect.poll(() => textOf(watched?.since(0) ?? [])).toBe('a plan');
  request.onCut(0);
  request.onText('Hi there, you all');
  request.finish();
  await endOf(turn);
  await expect.poll(() => watched?.end()).toMatchObject({ state: 'complete' });
  expect(textOf(watched?.since(0) ?? [])).toBe('Hi there, you all');
  expect(watched?.cuts()).toContain(0);
  leave?.();
});
