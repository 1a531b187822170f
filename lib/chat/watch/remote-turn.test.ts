import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '@/db/store';
import { systemClock } from '@/lib/system-clock';
import { expectWithin, timeOf } from '@/tests/setup/expect-within';
import { silentLog } from '@/tests/setup/log';
import { temporaryStore } from '@/tests/setup/store';
import { createSession, type StoredSession } from '@/tests/setup/stored-session';
import type { Clock } from '@/lib/ports/clock';
import type { LiveChannel, LivePiece } from './live-channel';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { remoteTurn } from './remote-turn';
import { said } from '@/tests/setup/entries';
import { textOf } from '@/lib/reply/entry';

const requestId = 'r';

let store: Store;
let remove: () => Promise<void>;
let session: StoredSession;
let say: (piece: LivePiece) => void;
let listening: number;
let looks: number;
const channel: LiveChannel = {
  publish: () => undefined,
  listened: () => Promise.resolve(new Set<string>()),
  listen(topic, heard) {
    expect(topic).toBe('another process/r');
    listening += 1;
    say = heard;
    return () => {
      listening -= 1;
    };
  },
};

beforeEach(async () => {
  ({ store, remove } = await temporaryStore());
  [listening, looks] = [0, 0];
  session = await createSession(store);
  await session.begin({ requestId, instance: 'another process' });
});
afterEach(() => remove());

async function watched(clock: Pick<Clock, 'after' | 'now'> = systemClock): Promise<WatchedTurn> {
  const found = await store.turns.find(session.owner, requestId);
  if (!found) throw new Error('not found');
  const counted = {
    ...store.turns,
    find: (...args: Parameters<typeof store.turns.find>) => {
      looks += 1;
      return store.turns.find(...args);
    },
  };
  return remoteTurn({ store: counted, channel, clock, log: silentLog }, found);
}
const keep = (offset: number, text: string) =>
  store.turns.appendEntries([{ requestId, entries: said(text, offset) }]);
const end = (text: string) => session.end(requestId, { entries: said(text) });

test('live text is shown at once, and the end as soon as it is announced', async () => {
  // No timed poll runs, only those that are due at once.
  const after: Clock['after'] = (ms, run) =>
    ms === 0 ? systemClock.after(0, run) : () => undefined;
  const turn = await watched({ ...systemClock, after });
  let notified = 0;
  const unsubscribe = turn.watch(() => (notified += 1));
  say({ entries: said('Once'), ended: false });
  expect([textOf(turn.since(0)), notified]).toEqual(['Once', 1]);
  await end('Once upon');
  say({ entries: said(' upon', 4), ended: true });
  await expect.poll(() => turn.end(), { interval: 5 }).toMatchObject({ state: 'complete' });
  expect(textOf(turn.since(0))).toBe('Once upon');
  unsubscribe();
  expect(listening).toBe(0);
});

test('lost live text is read from the store, and later pieces follow it', async () => {
  const turn = await watched();
  const unsubscribe = turn.watch(() => undefined);
  say({ entries: said('Once'), ended: false });
  say({ entries: said(' a time', 9), ended: false });
  expect(textOf(turn.since(0))).toBe('Once');
  await keep(0, 'Once upon');
  await expect.poll(() => textOf(turn.since(0))).toBe('Once upon a time');
  unsubscribe();
});

test('text that was lost comes from the store also while more live text comes in all the time', async () => {
  const turn = await watched();
  const unsubscribe = turn.watch(() => undefined);
  await keep(0, 'Once upon');
  let offset = 9;
  const talk = setInterval(() => {
    say({ entries: said('!', offset), ended: false });
    offset += 1;
  }, 40);
  try {
    await expect.poll(() => textOf(turn.since(0)), { interval: 5 }).toMatch(/^Once upon!/);
  } finally {
    clearInterval(talk);
    unsubscribe();
  }
});

test('when live text stops, polling resumes its normal rate within a second', async () => {
  const turn = await watched();
  const unsubscribe = turn.watch(() => undefined);
  say({ entries: said('Once'), ended: false });
  await keep(0, 'Once upon');
  let kept = 'Once upon';
  await expect.poll(() => textOf(turn.since(0)), { interval: 5 }).toBe(kept);
  await expectWithin(700, async () => {
    await keep(kept.length, ' a time');
    kept += ' a time';
    return timeOf(() => expect.poll(() => textOf(turn.since(0)), { interval: 5 }).toBe(kept));
  });
  unsubscribe();
});

test('while live text arrives, the store is polled less often', async () => {
  const turn = await watched();
  const unsubscribe = turn.watch(() => undefined);
  const before = looks;
  const startedAt = performance.now();
  for (let offset = 0; offset < 12; offset += 1) {
    say({ entries: said('x', offset), ended: false });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(textOf(turn.since(0))).toBe('x'.repeat(12));
  // Once a second instead of every 150 ms; a busy machine makes the loop longer.
  expect(looks - before).toBeLessThan((performance.now() - startedAt) / 300);
  unsubscribe();
});
