import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silentLog } from '@/tests/setup/log';
import type { LiveChannel, LivePiece } from './live-channel';
import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import { remoteTurn } from './remote-turn';
import type { Turn } from '@/lib/chat/turn/turn';
import { isWritten, lengthOf, type Entry, type EntryContent } from '@/lib/reply/entry';
import { replyLog } from '@/lib/reply/log';

const SAID: readonly EntryContent[] = [
  { kind: 'text', text: 'Once' },
  { kind: 'reasoning', text: ' upon' },
  { kind: 'source', text: '{"url":"https://x.y/"}' },
  { kind: 'text', text: ' a 🧭' },
  { kind: 'unknown', text: '{}' },
  { kind: 'text', text: ' there' },
];
/** Each unit with its kind, so that entries compare however they are joined. */
const unitsOf = (entries: readonly Entry[]) =>
  entries.flatMap(({ kind, text }) =>
    (isWritten(kind) ? text.split('') : [text]).map((unit) => `${kind} ${unit}`),
  );
const RUNNING: Turn = {
  requestId: 'r',
  owner: 'somebody',
  sessionId: 's',
  state: 'running',
  failure: null,
  model: 'm',
  userMessageId: 'u',
  replyId: 'p',
  usage: null,
  instance: 'another process',
  stopRequested: false,
  omitted: null,
  thoughtMs: null,
  createdAt: new Date(0),
  endedAt: null,
};

/** Another process that runs a turn. The scheduler decides the order of its writes, pieces and timers. */
function elsewhere(scheduler: fc.Scheduler, isLost: (piece: number) => boolean) {
  const stored = replyLog();
  let turn = RUNNING;
  let heard: ((piece: LivePiece) => void) | null = null;
  const channel: LiveChannel = {
    publish: () => undefined,
    listened: () => Promise.resolve(new Set<string>()),
    listen: (_topic, hear) => {
      heard = hear;
      return () => (heard = null);
    },
  };
  const store = {
    renewLease: () => Promise.resolve(),
    find: scheduler.scheduleFunction(() => Promise.resolve(turn)),
    entriesFrom: scheduler.scheduleFunction((_id: string, offset: number) =>
      Promise.resolve(stored.since(offset)),
    ),
  };
  const publish = scheduler.scheduleFunction((piece: LivePiece) => {
    heard?.(piece);
    return Promise.resolve();
  });
  const keep = scheduler.scheduleFunction(({ kind, text }: EntryContent) => {
    stored.append(kind, text);
    return Promise.resolve();
  });
  const after = (_ms: number, run: () => void) => {
    let cancelled = false;
    void scheduler.schedule(Promise.resolve()).then(() => !cancelled && run());
    return () => (cancelled = true);
  };
  const say = async () => {
    let at = 0;
    for (const [n, content] of SAID.entries()) {
      if (!isLost(n)) void publish({ entries: [{ at, ...content }], ended: false });
      at += lengthOf(content);
      await keep(content);
    }
    turn = { ...RUNNING, state: 'complete' };
    void publish({ entries: [], ended: true });
  };
  return { channel, store, clock: { after, now: () => new Date(0) }, say };
}

const whole = (turn: WatchedTurn, seen: string[][]) =>
  new Promise<void>((resolve) => {
    const leave = turn.watch(() => {
      seen.push(unitsOf(turn.since(0)));
      if (!turn.end()) return;
      leave();
      resolve();
    });
  });

test('a watcher sees the reply grow to the whole in any order of writes, live pieces, polls and timers', async () => {
  const lost = fc.array(fc.boolean(), { minLength: SAID.length, maxLength: SAID.length });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), lost, async (scheduler, isLost) => {
      const { channel, store, clock, say } = elsewhere(scheduler, (n) => isLost[n] ?? false);
      const seen: string[][] = [];
      const saying = say();
      const watching = remoteTurn({ store, channel, clock, log: silentLog }, RUNNING).then((turn) =>
        whole(turn, seen),
      );
      await scheduler.waitFor(Promise.all([saying, watching]));
      const expected = unitsOf(SAID.map((content) => ({ at: 0, ...content })));
      for (const [n, units] of seen.entries()) {
        expect(units).toEqual(expected.slice(0, units.length));
        expect(units.length).toBeGreaterThanOrEqual(seen[n - 1]?.length ?? 0);
      }
      expect(seen.at(-1)).toEqual(expected);
    }),
  );
});
