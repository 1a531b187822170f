import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { AppError } from '@/lib/errors';
import { manualClock } from '@/tests/setup/manual-clock';
import { recordingLog, silentLog } from '@/tests/setup/log';
import { temporaryStore } from '@/tests/setup/store';
import { endOf, turnsOver } from '@/tests/setup/turns/turns';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import { textFlusher } from '@/lib/chat/run/flush/flush-text';
import { turnRecovery } from '@/lib/chat/run/recovery';
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

/** Two turns with a record of their writes and heartbeats. */
function twoTurns(appendEntries: TurnStore['appendEntries']) {
  const clock = manualClock();
  const turns = ['good', 'bad'].map((requestId) =>
    liveTurn({
      requestId,
      owner: 'o',
      sessionId: 's',
      shared: true,
      reply: [],
      onUnwatched: () => undefined,
      onWatcherFault: () => undefined,
    }),
  );
  const live = new Map(turns.map((turn) => [turn.requestId, turn]));
  let beats = 0;
  const heartbeat = () => {
    beats += 1;
    return Promise.resolve({ stopRequested: [], ended: [], watched: [] });
  };
  const renewed: { ids: readonly string[]; at: number }[] = [];
  const renewTurns = (ids: readonly string[]) => {
    renewed.push({ ids, at: clock.ticks() });
    return Promise.resolve();
  };
  const ends: string[] = [];
  const end = (result: Parameters<TurnStore['end']>[0]) => {
    ends.push(result.requestId);
    return Promise.resolve({ ...result, replyId: null });
  };
  const flusher = textFlusher({
    store: { appendEntries, heartbeat, renewTurns, end },
    live,
    instance: 'here',
    clock,
    log: silentLog,
  });
  flusher.start();
  const say = (text: string) => {
    for (const turn of turns) turn.write(text);
  };
  return { clock, live, say, ...flusher, beats: () => beats, renewed, ends };
}

test('a text that cannot be written blocks neither other texts nor heartbeats', async () => {
  const written: string[] = [];
  let attempts = 0;
  const { clock, live, say, beats } = twoTurns((batches) => {
    if (batches.some(({ requestId }) => requestId === 'bad')) {
      attempts += 1;
      return Promise.reject(new Error('FOREIGN KEY constraint failed'));
    }
    written.push(...batches.map(({ entries }) => textOf(entries)));
    return Promise.resolve();
  });
  for (let round = 0; round < 40; round += 1) {
    say(`${String(round)} `);
    await clock.pass(250);
  }
  expect(written.join('')).toBe(Array.from({ length: 40 }, (_, n) => `${String(n)} `).join(''));
  expect(beats()).toBeGreaterThan(15);
  expect(attempts, 'it is given up').toBeLessThan(15);
  live.clear();
});

test('turns are renewed often enough for the release before, which ends them after 15 seconds', async () => {
  const { clock, live, renewed } = twoTurns(() => Promise.resolve());
  await clock.pass(60_000);
  const times = [0, ...renewed.map(({ at }) => at), clock.ticks()];
  const pauses = times.slice(1).map((at, n) => at - (times[n] ?? 0));
  expect(Math.max(...pauses)).toBeLessThan(7500);
  expect(renewed.every(({ ids }) => ids.join() === 'good,bad')).toBe(true);
  live.clear();
});

test('turns that begin again and again do not put off a flush', async () => {
  let flushes = 0;
  const { clock, live, say, start } = twoTurns(() => {
    flushes += 1;
    return Promise.resolve();
  });
  for (let step = 0; step < 100; step += 1) {
    say('word ');
    start();
    await clock.pass(20);
  }
  expect(flushes).toBeGreaterThanOrEqual(11);
  expect(flushes).toBeLessThanOrEqual(14);
  live.clear();
});

test('an end waits for the flush that is under way, and no other one of its turn begins meanwhile', async () => {
  const flushed: string[] = [];
  let flush = Promise.withResolvers<void>();
  const { clock, live, say, end, ends } = twoTurns((batches) => {
    flushed.push(...batches.map(({ requestId, entries }) => `${requestId} ${textOf(entries)}`));
    return flush.promise;
  });
  say('Once');
  await clock.pass(200);
  const result = { requestId: 'good', state: 'complete', entries: [], failure: null } as const;
  const facts = { usage: null, tokens: null, firstTokenMs: null, omitted: null };
  const ending = end({ ...result, ...facts, now: clock.now() });
  say(' upon');
  await clock.pass(200);
  expect([flushed, ends]).toEqual([['good Once', 'bad Once'], []]);
  const before = flush;
  flush = Promise.withResolvers<void>();
  before.resolve();
  await ending;
  live.delete('good');
  flush.resolve();
  await clock.pass(200);
  expect([flushed.slice(2), ends]).toEqual([['bad  upon'], ['good']]);
  live.clear();
});

test('after an outage the store gets everything in order and once', async () => {
  const written = new Map<string, string>();
  let away = true;
  const { clock, live, say } = twoTurns((batches) => {
    if (away)
      return Promise.reject(
        new AppError({ kind: 'unavailable', reason: 'store', retryAfterSeconds: 5 }),
      );
    for (const { requestId, entries } of batches) {
      const before = written.get(requestId) ?? '';
      expect(entries[0]?.at).toBe(before.length);
      written.set(requestId, before + textOf(entries));
    }
    return Promise.resolve();
  });
  for (let round = 0; round < 20; round += 1) {
    say(`${String(round)} `);
    away = round < 15;
    await clock.pass(250);
  }
  const whole = Array.from({ length: 20 }, (_, n) => `${String(n)} `).join('');
  expect([written.get('good'), written.get('bad')]).toEqual([whole, whole]);
  live.clear();
});

test('a turn that cannot be ended does not block the recovery of others, and is retried', async () => {
  const log = recordingLog();
  const ended: string[] = [];
  let mistaken = true;
  const left = (ids: string[]) => Promise.resolve(ids.filter((id) => !ended.includes(id)));
  const recover = turnRecovery({
    store: {
      instances: () => Promise.resolve([{ instance: 'dead', lifeSign: 'one' }]),
      runningOn: (instance) => left(instance === 'dead' ? ['one', 'bad', 'two'] : []),
      canWrite: () => Promise.resolve(),
      entriesFrom: () => Promise.resolve(said('Once')),
      end: ({ requestId, state, failure, usage }) => {
        if (requestId === 'bad' && mistaken) return Promise.reject(new Error('cannot be ended'));
        ended.push(requestId);
        return Promise.resolve({ state, failure, usage, replyId: null });
      },
    },
    clock: manualClock(),
    log: log.log,
    instance: 'here',
    runsHere: () => false,
    isDead: () => true,
  });
  await recover();
  expect(ended).toEqual(['one', 'two']);
  expect(log.logged.map(({ event }) => event)).toContain('turn.recover_failed');
  mistaken = false;
  await recover();
  expect(ended).toEqual(['one', 'two', 'bad']);
});
