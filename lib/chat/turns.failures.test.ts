import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { manualClock } from '@/tests/setup/manual-clock';
import { recordingLog } from '@/tests/setup/log';
import { temporaryStore } from '@/tests/setup/store';
import { endOf, turnsOver } from '@/tests/setup/turns/turns';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import { runTurn } from '@/lib/chat/run/run-turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import { textOf } from '@/lib/reply/entry';
import { said } from '@/tests/setup/entries';
import type { ModelRequest } from '@/lib/ports/model';

let store: Store;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
});
afterEach(() => remove());

const broken = (): never => {
  throw new Error('a mistake of ours');
};

test('a prompt that cannot be built fails its turn, and nothing of it stays', async () => {
  const clock = manualClock();
  const { send, session, turns, owner } = turnsOver(store, { clock, contextTokens: broken });
  const id = await session();
  const turn = await send(id);
  expect(await endOf(turn)).toMatchObject({ state: 'failed', failure: { kind: 'internal' } });
  await turns.ended(turn.requestId);
  expect(turns.runsHere(turn.requestId)).toBe(false);
  expect(await store.turns.failedIn(owner, id)).toMatchObject([{ text: 'hello' }]);
  await clock.pass(2000);
  expect(clock.waiting(), 'no timer is left').toBe(0);
});

test('a watcher that throws is unsubscribed; the turn and other watchers go on', async () => {
  const { log, logged } = recordingLog();
  const { send, session, model } = turnsOver(store, { log });
  const turn = await send(await session());
  let calls = 0;
  turn.watch(() => {
    calls += 1;
    return broken();
  });
  const ended = endOf(turn);
  const request = await model.next();
  request.onText('Once');
  request.onText(' upon');
  request.finish();
  expect(await ended).toMatchObject({ state: 'complete' });
  expect([textOf(turn.since(0)), calls]).toEqual(['Once upon', 1]);
  expect(logged).toContainEqual(
    expect.objectContaining({ event: 'turn.notify_failed', request_id: turn.requestId }),
  );
});

test('a turn that throws anywhere ends with its stored text', async () => {
  const clock = manualClock();
  const id = 'r';
  const own = { owner: 'o', sessionId: null, requestId: id, shared: true, reply: [] };
  const turn = liveTurn({ ...own, onUnwatched: () => undefined, onWatcherFault: () => undefined });
  const log = recordingLog();
  const ends: Parameters<TurnStore['end']>[0][] = [];
  const deps = {
    clock,
    log: log.log,
    untilNextFrame: () => Promise.resolve(),
    replyMaxChars: 100,
    replyMaxTokens: () => null,
    systemPrompt: () => null,
    withReasoning: true,
    model: {
      stream: ({ onEvent }: ModelRequest) => {
        onEvent({ kind: 'text', text: 'Once' });
        return Promise.resolve({ usage: null, finish: 'stop' as const });
      },
    },
    store: {
      entriesFrom: () => Promise.resolve(said('stored')),
      end: (result: Parameters<TurnStore['end']>[0]) => {
        ends.push(result);
        return Promise.resolve({ ...result, replyId: null });
      },
    },
  };
  // `Array.join` throws like this for a text of more than half a gigabyte.
  const endless = { ...turn, since: broken };
  const prompt = () => ({ messages: [], omitted: 0, sections: [] });
  const asked = { model: 'm', maxTokens: null, temperature: null, thoughtMs: null };
  const call = { ...asked, prompt, shorter: () => null, record: () => null };
  const end = await runTurn(deps, endless, call);
  expect(end).toMatchObject({ state: 'interrupted', failure: { kind: 'internal' } });
  expect(turn.end()).toBe(end);
  expect(ends).toMatchObject([{ state: 'interrupted', entries: said('stored') }]);
  expect(log.logged.map(({ event }) => event)).toEqual(['turn.started', 'turn.run_failed']);
});

test('a turn is given up after repeated store errors, without Stop', async () => {
  const clock = manualClock();
  const mistaken = { ...store.turns, end: () => Promise.reject(new Error('no such column')) };
  const { send, session, model, turns } = turnsOver(store, { clock, store: mistaken });
  const turn = await send(await session());
  const request = await model.next();
  request.onText('Once');
  request.finish();
  await clock.pass(15_000);
  expect(turn.end()).toMatchObject({ state: 'failed', failure: { kind: 'internal' } });
  expect(turns.runsHere(turn.requestId)).toBe(false);
  await clock.pass(1000);
  expect(clock.waiting()).toBe(0);
});

test('a turn is interrupted at its maximum duration, and its timers are cancelled', async () => {
  const clock = manualClock();
  const { send, session, model } = turnsOver(store, { clock, turnMaxMs: 20_000 });
  const turn = await send(await session());
  (await model.next()).onText('Once');
  await clock.pass(19_900);
  expect(turn.end()).toBe(null);
  await clock.pass(1200);
  expect(turn.end()).toMatchObject({ state: 'interrupted', failure: { kind: 'interrupted' } });
  expect(clock.waiting()).toBe(0);
});
