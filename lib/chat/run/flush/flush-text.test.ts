import { expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { manualClock } from '@/tests/setup/manual-clock';
import { silentLog } from '@/tests/setup/log';
import { liveTurn } from '@/lib/chat/turn/live-turn';
import type { TurnStore } from '@/lib/chat/turn/turn-store';
import { textOf } from '@/lib/reply/entry';
import { textFlusher } from './flush-text';

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
